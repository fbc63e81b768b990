import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { adoptFragment, fragmentOf, fromClipboardText, toClipboardText } from './fragment.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'draft', type: 'llm.generate', version: 1 },
    { id: 'send', type: 'email.send', version: 1, inputs: { text: { kind: 'expr', expr: 'nodes.draft.text' } } },
    { id: 'end', type: 'output', version: 1 },
  ],
  edges: [
    { id: 'a', from: 'draft', outcome: 'ok', to: 'send' },
    { id: 'b', from: 'send', outcome: 'sent', to: 'end' },
  ],
  notes: [{ id: 'note', text: 'Hello', position: { x: 1, y: 1 } }],
});
const copied = fragmentOf(graph, { nodes: ['draft', 'send'], edges: [], notes: ['note'] });

describe('copy and paste', () => {
  it('takes the edges between the copied nodes along, and no others', () => {
    expect(copied.edges.map((edge) => edge.id)).toEqual(['a']);
  });

  it('goes through text and back', () => {
    expect(fromClipboardText(toClipboardText(graph, copied))).toEqual(copied);
  });

  it.each(['', 'hello', '{', '{"nodes":[]}', '[1]'])('takes %j for what it is: no graph', (text) => {
    expect(fromClipboardText(text)).toBeNull();
  });

  it('gives the copies free ids, with references among them following', () => {
    const adopted = adoptFragment(graph, copied, { x: 20, y: 20 });
    expect(adopted.nodes.map((node) => node.id)).toEqual(['draft2', 'send2']);
    expect(adopted.nodes[1]?.inputs.text).toEqual({ kind: 'expr', expr: 'nodes.draft2.text' });
    expect(adopted.edges).toEqual([{ id: 'draft2-ok-send2', from: 'draft2', outcome: 'ok', to: 'send2' }]);
    expect(adopted.notes[0]).toEqual({ id: 'note2', text: 'Hello', position: { x: 21, y: 21 } });
  });

  it('keeps the ids where they are free', () => {
    const empty = { ...graph, nodes: [], edges: [], notes: [] };
    expect(adoptFragment(empty, copied, { x: 0, y: 0 }).nodes.map((node) => node.id)).toEqual(['draft', 'send']);
  });
});
