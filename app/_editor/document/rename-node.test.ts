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
    ['run.input.nodes.draft', 'run.input.nodes.draft'],
    ['true ? nodes.draft.text : ""', 'true ? nodes.letter.text : ""'],
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

  it('takes its group and the thresholds that count it along', () => {
    const graph: Graph = {
      ...graphWith('1', ''),
      groups: [{ id: 'g', title: '', nodes: ['draft', 'send'], notes: [] }],
      settings: {
        timeoutMs: null,
        onFailure: 'stop',
        thresholds: [{ name: 'T', nodes: ['draft'], failures: 1, withinMs: 1_000, hold: true }],
      },
    };
    const after = produce(graph, (draft) => renameNode(draft, 'draft', 'letter', 'Letter'));
    expect(after.groups?.[0]?.nodes).toEqual(['letter', 'send']);
    expect(after.settings?.thresholds[0]?.nodes).toEqual(['letter']);
    expect(after.nodes[0]).toMatchObject({ id: 'letter', title: 'Letter' });
  });

  it('leaves the expressions of a configuration alone: they see the inputs of their own node only', () => {
    const graph = graphWith('1', '');
    const rules = { rules: [{ when: 'nodes.draft > 1' }] };
    const ruled = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, config: rules })) };
    const after = produce(ruled, (draft) => renameNode(draft, 'draft', 'letter'));
    expect(after.nodes[1]?.config).toEqual(rules);
  });

  it('does nothing where the new id is taken', () => {
    const graph = graphWith('1', '');
    expect(produce(graph, (draft) => renameNode(draft, 'draft', 'send'))).toBe(graph);
  });
});
