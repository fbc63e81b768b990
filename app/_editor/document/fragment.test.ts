import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { fromClipboardText, toClipboardText } from './clipboard-text.ts';
import { adoptFragment, fragmentOf, selectionOf } from './fragment.ts';

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

  it('goes through text and back, groups, comments and what is disabled with it, the settings without', () => {
    const rich: Graph = {
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, disabled: true, comment: 'Why' })),
      groups: [{ id: 'g', title: 'Mail', nodes: ['draft', 'send'], notes: ['note'] }],
      settings: { timeoutMs: null, onFailure: 'ask', thresholds: [] },
    };
    const whole = fragmentOf(rich, { nodes: [], edges: [], notes: [], groups: ['g'] });
    const text = toClipboardText(rich, whole);
    expect(fromClipboardText(text)).toEqual({ kind: 'fragment', fragment: whole });
    expect(whole.groups).toEqual(rich.groups);
    expect(text).not.toContain('settings');
  });

  it('leaves a group behind of which only a part is copied', () => {
    const grouped = { ...graph, groups: [{ id: 'g', title: '', nodes: ['draft', 'end'], notes: [] }] };
    expect(fragmentOf(grouped, { nodes: ['draft'], edges: [], notes: [] }).groups).toBeUndefined();
  });

  it.each(['', 'hello', '{', '{"a":[]}', '[1]', '{"nodes":[]}', '{"nodes":[1]}'])(
    'takes %j for what it is: not meant for a drawing',
    (text) => {
      expect(fromClipboardText(text)).toEqual({ kind: 'other' });
    },
  );

  it.each([
    ['{"nodes":[{"id":"a","type":"output","version":1}]}', 'written by hand with the least that is needed'],
    [JSON.stringify({ format: 'solograph/template', version: 1, title: 'T', graph, requires: {} }), 'exported'],
  ])('reads a document that was %s', (text) => {
    expect(fromClipboardText(text).kind).toBe('fragment');
  });

  const broken = (change: object) => JSON.stringify({ ...graph, ...change }, null, 2);
  it.each([
    ['a comma too many', '{\n  "format": "solograph/graph",\n}', /not valid JSON at line 3, column 1/],
    ['a value that is missing', '{\n  "format": "solograph/graph",\n  "nodes": [}', /at line 3, column 13: "}" cannot/],
    ['an end that is missing', '{ "format": "solograph/graph", "nodes": [', /: it ends too early\.$/],
    ['an id that is none', broken({ nodes: [{ id: 'a-b', type: 'output', version: 1 }] }), /^In node "a-b", id: An id/],
    ['the same id twice', broken({ nodes: [graph.nodes[0], graph.nodes[0]] }), /"draft" stands there twice/],
    ['nothing in it', broken({ nodes: [], notes: [] }), /neither nodes nor notes/],
    ['a newer version', broken({ version: 2 }), /^In version: /],
  ])('says what is wrong with %s', (_what, text, why) => {
    expect(fromClipboardText(text)).toMatchObject({ kind: 'broken', why: expect.stringMatching(why) });
  });

  it('gives the copies free ids, with references among them following', () => {
    const adopted = adoptFragment(graph, copied, { x: 20, y: 20 });
    expect(adopted.nodes.map((node) => node.id)).toEqual(['draft2', 'send2']);
    expect(adopted.nodes[1]?.inputs.text).toEqual({ kind: 'expr', expr: 'nodes.draft2.text' });
    expect(adopted.edges).toEqual([{ id: 'draft2-ok-send2', from: 'draft2', outcome: 'ok', to: 'send2' }]);
    expect(adopted.notes[0]).toEqual({ id: 'note2', text: 'Hello', position: { x: 21, y: 21 } });
  });

  it('brings groups along under free ids, with the copies in them, and selects them by their frames', () => {
    const grouped = { ...graph, groups: [{ id: 'group', title: 'Mail', nodes: ['draft'], notes: ['note'] }] };
    const copies = fragmentOf(grouped, { nodes: ['send'], edges: [], notes: [], groups: ['group'] });
    const adopted = adoptFragment(grouped, copies, { x: 0, y: 0 });
    expect(adopted.groups).toEqual([{ id: 'group2', title: 'Mail', nodes: ['draft2'], notes: ['note2'] }]);
    expect(selectionOf(adopted)).toEqual({ nodes: ['send2'], edges: [], notes: [], groups: ['group2'] });
  });

  it('copies five thousand nodes at once in well under a second', () => {
    const nodes = Array.from({ length: 2_500 }, (_, at) => ({ ...graph.nodes[1], id: `n${at}` }) as Graph['nodes'][0]);
    const edges = nodes.slice(1).map(({ id }, at) => ({ id: `e${at}`, from: `n${at}`, outcome: 'ok', to: id }));
    const many = { ...graph, nodes, edges };
    const before = performance.now();
    const adopted = adoptFragment(many, { nodes, edges, notes: [] }, { x: 4, y: 4 });
    expect(performance.now() - before).toBeLessThan(900);
    expect(new Set([...nodes, ...adopted.nodes].map(({ id }) => id)).size).toBe(5_000);
  });

  it('keeps the ids where they are free', () => {
    const empty = { ...graph, nodes: [], edges: [], notes: [] };
    expect(adoptFragment(empty, copied, { x: 0, y: 0 }).nodes.map((node) => node.id)).toEqual(['draft', 'send']);
  });
});
