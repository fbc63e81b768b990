import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { renameNode } from './rename-node.ts';

function graphWith(expr: string, template: string): Graph {
  return graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'x',
    nodes: [
      { id: 'draft', type: 'llm.generate', version: 1 },
      {
        id: 'send',
        type: 'email.send',
        version: 1,
        inputs: { a: { kind: 'expr', expr }, b: { kind: 'template', template } },
      },
    ],
    edges: [{ id: 'e', from: 'draft', outcome: 'ok', to: 'send' }],
  });
}

function renamed(expr: string, template = '') {
  const graph = produce(graphWith(expr, template), (draft) => renameNode(draft, 'draft', 'letter'));
  return { graph, inputs: graph.nodes[1]?.inputs };
}

describe('changing a node’s id', () => {
  it.each([
    ['nodes.draft.text', 'nodes.letter.text'],
    ['nodes.?draft.?text.orValue("")', 'nodes.?letter.?text.orValue("")'],
    ['nodes["draft"].text', 'nodes["letter"].text'],
    ["nodes[?'draft'].text", "nodes[?'letter'].text"],
    ['has(nodes.draft) && nodes.draft2.ok', 'has(nodes.letter) && nodes.draft2.ok'],
    ['"nodes.draft" + nodes.draft.text', '"nodes.draft" + nodes.letter.text'],
    ['run.input.draft', 'run.input.draft'],
  ])('follows in %s', (before, after) => {
    expect(renamed(before).inputs?.a).toEqual({ kind: 'expr', expr: after });
  });

  it('follows in the holes of a template, not in its text', () => {
    expect(renamed('1', 'nodes.draft {{ nodes.draft.text }}').inputs?.b).toEqual({
      kind: 'template',
      template: 'nodes.draft {{ nodes.letter.text }}',
    });
  });

  it('takes the edges along', () => {
    expect(renamed('1').graph.edges[0]).toEqual({ id: 'e', from: 'letter', outcome: 'ok', to: 'send' });
  });

  it('does nothing where the new id is taken', () => {
    const graph = graphWith('1', '');
    expect(produce(graph, (draft) => renameNode(draft, 'draft', 'send'))).toBe(graph);
  });
});
