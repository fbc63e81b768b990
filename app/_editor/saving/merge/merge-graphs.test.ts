import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, type GraphNode, graphSchema } from '#nodes/core/graph.ts';
import { changesSince } from './changes.ts';
import { mergeGraphs } from './merge-graphs.ts';
import type { Side } from './three-way.ts';

const base: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Leads',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, title: 'Start' },
    { id: 'draft', type: 'llm.generate', version: 1, title: 'Draft', config: { prompt: 'Hi', model: 'small' } },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      inputs: { body: { kind: 'template', template: 'Dear {{ nodes.draft.text }}' } },
    },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'draft' },
    { id: 'b', from: 'draft', outcome: 'ok', to: 'send' },
  ],
  notes: [{ id: 'note', text: 'Never promise a date.', position: { x: 0, y: 0 } }],
  groups: [{ id: 'g', title: 'Mail', nodes: ['draft', 'send'], notes: [] }],
});

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  ...{ id, type: 'output', version: 1, config: {}, inputs: {}, position: { x: 0, y: 0 } },
  ...more,
});
const edit =
  (id: string, change: (node: GraphNode) => Partial<GraphNode>) =>
  (graph: Graph): Graph => ({
    ...graph,
    nodes: graph.nodes.map((each) => (each.id === id ? { ...each, ...change(each) } : each)),
  });
const config = (id: string, name: string, value: string) =>
  edit(id, (each) => ({ config: { ...each.config, [name]: value } }));
const add =
  (...nodes: GraphNode[]) =>
  (graph: Graph): Graph => ({ ...graph, nodes: [...graph.nodes, ...nodes] });
const join =
  (id: string, from: string, to: string) =>
  (graph: Graph): Graph => ({
    ...graph,
    edges: [...graph.edges, { id, from, outcome: 'ok', to }],
  });
const remove =
  (id: string) =>
  (graph: Graph): Graph => ({
    ...graph,
    nodes: graph.nodes.filter((each) => each.id !== id),
    edges: graph.edges.filter(({ from, to }) => from !== id && to !== id),
    ...(graph.groups
      ? { groups: graph.groups.map((group) => ({ ...group, nodes: group.nodes.filter((each) => each !== id) })) }
      : {}),
  });
const all = (...edits: ((graph: Graph) => Graph)[]) => edits.reduce((graph, change) => change(graph), base);
const merged = (mine: Graph, theirs: Graph, picks: Record<string, Side> = {}) => {
  const merge = mergeGraphs({ base, mine, theirs }, picks);
  if (!merge) throw new Error('It could not be merged.');
  return {
    ...merge,
    ids: merge.graph.nodes.map(({ id }) => id),
    node: (id: string) => merge.graph.nodes.find((each) => each.id === id),
  };
};

describe('merging two drafts', () => {
  it('takes the side that changed something', () => {
    const changed = all(config('draft', 'prompt', 'Hello'), remove('send'));
    expect(merged(changed, base).graph).toEqual(changed);
    expect(merged(base, changed).graph).toEqual(changed);
    expect(merged(changed, changed).graph).toEqual(changed);
  });

  it('gives both where they changed different members of one node', () => {
    const { graph, clashes, node } = merged(
      all(
        config('draft', 'prompt', 'Hello'),
        edit('draft', () => ({ title: 'Reply' })),
      ),
      all(
        config('draft', 'model', 'large'),
        edit('draft', () => ({ position: { x: 9, y: 9 } })),
      ),
    );
    expect(clashes).toEqual([]);
    expect(node('draft')).toMatchObject({
      title: 'Reply',
      config: { prompt: 'Hello', model: 'large' },
      position: { x: 9, y: 9 },
    });
    expect(graphSchema.safeParse(graph).success).toBe(true);
  });

  it('asks whose is taken where both changed one member; mine unless the operator says', () => {
    const mine = all(config('draft', 'prompt', 'Mine'));
    const theirs = all(config('draft', 'prompt', 'Theirs'), config('draft', 'model', 'large'));
    const first = merged(mine, theirs);
    expect(first.clashes).toMatchObject([{ id: 'node/draft/config.prompt', mine: 'Mine', theirs: 'Theirs' }]);
    expect(first.node('draft')?.config).toEqual({ prompt: 'Mine', model: 'large' });
    const second = merged(mine, theirs, { 'node/draft/config.prompt': 'theirs' });
    expect(second.node('draft')?.config).toEqual({ prompt: 'Theirs', model: 'large' });
  });

  it('keeps both nodes that were added under one id, with what refers to them', () => {
    const mine = all(add(node('output')), join('x', 'send', 'output'));
    const theirs = all(
      add(
        node('output', { title: 'Theirs' }),
        node('last', { inputs: { v: { kind: 'expr', expr: 'nodes.output.v' } } }),
      ),
      join('x', 'draft', 'output'),
    );
    const { ids, graph, node: at, clashes } = merged(mine, theirs);
    expect(clashes).toEqual([]);
    expect(ids).toEqual(['start', 'draft', 'send', 'output', 'output2', 'last']);
    expect(at('output2')?.title).toBe('Theirs');
    expect(at('last')?.inputs).toEqual({ v: { kind: 'expr', expr: 'nodes.output2.v' } });
    expect(graph.edges.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'start>draft',
      'draft>send',
      'send>output',
      'draft>output2',
    ]);
  });

  it('asks where one removed what the other changed, and keeps its edges with it', () => {
    const mine = all(remove('draft'));
    const theirs = all(config('draft', 'prompt', 'Hello'));
    const gone = merged(mine, theirs);
    expect(gone.clashes).toMatchObject([{ id: 'node/draft/exists' }]);
    expect([gone.ids, gone.graph.edges]).toEqual([['start', 'send'], []]);
    const kept = merged(mine, theirs, { 'node/draft/exists': 'theirs' });
    expect(kept.ids).toEqual(['start', 'send', 'draft']);
    expect(kept.graph.edges.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });

  it('asks where one removed what the other joined to something', () => {
    const { clashes } = merged(all(remove('send')), all(add(node('end')), join('c', 'send', 'end')));
    expect(clashes).toMatchObject([{ id: 'node/send/exists' }]);
  });

  it('draws one edge where both drew the same', () => {
    const { graph } = merged(all(join('mine', 'start', 'send')), all(join('theirs', 'start', 'send')));
    expect(graph.edges.map(({ id }) => id)).toEqual(['a', 'b', 'mine']);
  });

  it('asks once where both moved things', () => {
    const place = (x: number) => edit('draft', () => ({ position: { x, y: 0 } }));
    const { moved, clashes, node: at } = merged(all(place(1)), all(place(2)), { places: 'theirs' });
    expect([moved, clashes, at('draft')?.position.x]).toEqual([['draft'], [], 2]);
  });

  it('takes a configuration whole where a side has another version of the node type', () => {
    const migrated = all(edit('draft', () => ({ version: 2, config: { text: 'Hi' } })));
    const { clashes, node: at } = merged(migrated, all(config('draft', 'prompt', 'Hello')));
    expect(clashes.map(({ member }) => member)).toEqual(['config']);
    expect(at('draft')).toMatchObject({ version: 2, config: { text: 'Hi' } });
  });

  it('merges the members of a group, which are in one group at most', () => {
    const mine: Graph = {
      ...base,
      groups: [
        { id: 'g', title: 'Mail', nodes: ['send'], notes: [] },
        { id: 'h', title: 'Mine', nodes: ['draft'], notes: [] },
      ],
    };
    const theirs: Graph = {
      ...base,
      groups: [{ id: 'g', title: 'Post', nodes: ['draft', 'send', 'start'], notes: ['note'] }],
    };
    expect(merged(mine, theirs).graph.groups).toEqual([
      { id: 'g', title: 'Post', nodes: ['send', 'start'], notes: ['note'] },
      { id: 'h', title: 'Mine', nodes: ['draft'], notes: [] },
    ]);
  });

  it('merges name, description and settings', () => {
    const settings = { timeoutMs: null, onFailure: 'stop', thresholds: [] } as const;
    const { graph, clashes } = merged(
      { ...base, description: 'Mine', settings: { ...settings, thresholds: [], timeoutMs: 1_000 } },
      { ...base, name: 'Theirs', settings: { ...settings, thresholds: [], onFailure: 'ask' } },
    );
    expect(graph).toMatchObject({ name: 'Theirs', description: 'Mine' });
    expect(clashes.map(({ id }) => id)).toEqual(['pipeline//settings.timeoutMs', 'pipeline//settings.onFailure']);
  });

  it('answers null where the outcome is more than a document may hold', () => {
    const many = (word: string) => Array.from({ length: 2_600 }, (_, n) => node(`${word}${n}`));
    const [mine, theirs] = [all(add(...many('m'))), all(add(...many('t')))];
    expect(mergeGraphs({ base, mine, theirs })).toBeNull();
  });
});

const change = (names: readonly string[]) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...names), fc.constantFrom('prompt', 'model'), fc.string({ maxLength: 3 }))
      .map(([id, name, value]) => config(id, name, value)),
    fc
      .tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 99 }))
      .map(([id, x]) => edit(id, () => ({ position: { x, y: 1 } }))),
    fc.constantFrom(...names).map((id) => remove(id)),
    fc.tuple(fc.constantFrom('output', 'output2'), fc.string({ minLength: 1, maxLength: 2 })).map(
      ([id, title]) =>
        (graph: Graph) =>
          graph.nodes.some((each) => each.id === id) ? graph : add(node(id, { title }))(graph),
    ),
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).map(
      ([from, to]) =>
        (graph: Graph) =>
          [from, to].every((id) => graph.nodes.some((each) => each.id === id)) && graph.edges.length < 6
            ? join(`e${graph.edges.length}`, from, to)(graph)
            : graph,
    ),
  );
const edits = (names: readonly string[]) => fc.array(change(names), { maxLength: 8 }).map((list) => all(...list));
const everything = ['start', 'draft', 'send'] as const;

describe('merging any two drafts', () => {
  it('with a side that changed nothing gives the other', () => {
    fc.assert(
      fc.property(edits(everything), (side) => {
        expect(merged(side, base).graph).toEqual(side);
        expect(merged(base, side).graph).toEqual(side);
      }),
    );
  });

  it('gives a document that passes the schema, without an edge that leads nowhere', () => {
    const picks = fc.constantFrom<Side>('mine', 'theirs');
    fc.assert(
      fc.property(edits(everything), edits(everything), picks, (mine, theirs, side) => {
        const asked = merged(mine, theirs);
        const { graph, ids } = merged(mine, theirs, Object.fromEntries(asked.clashes.map(({ id }) => [id, side])));
        expect(graphSchema.safeParse(graph).success).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of graph.edges) expect([ids.includes(from), ids.includes(to)]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('has what both did, where they did it in different places', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), fc.string({ minLength: 1 }), (prompt, x, title) => {
        const mine = all(config('draft', 'prompt', `!${prompt}`), add(node('output', { title })));
        const theirs = all(
          edit('send', () => ({ position: { x, y: 1 } })),
          remove('start'),
          add(node('output', { title: `${title}?` })),
        );
        const both = merged(mine, theirs);
        expect(both.clashes).toEqual([]);
        expect(both.ids).toEqual(['draft', 'send', 'output', 'output2']);
        expect(both.node('draft')?.config.prompt).toBe(`!${prompt}`);
        expect(both.node('send')?.position.x).toBe(x);
        expect([both.node('output')?.title, both.node('output2')?.title]).toEqual([title, `${title}?`]);
      }),
    );
  });
});

describe('what a side changed', () => {
  it('is told by the titles of nodes, and counted where there is more of a kind', () => {
    const side = all(
      config('draft', 'prompt', 'Hello'),
      edit('start', () => ({ position: { x: 5, y: 5 } })),
      remove('send'),
      add(node('end', { title: 'End' })),
      join('c', 'draft', 'end'),
      (graph) => ({ ...graph, description: 'New' }),
    );
    expect(changesSince(base, side, ({ id, title }) => title ?? id)).toEqual([
      { kind: 'changed', title: 'Draft', detail: 'prompt' },
      { kind: 'added', title: 'End', detail: '' },
      { kind: 'removed', title: 'send', detail: '' },
      { kind: 'changed', title: '1 node', detail: 'moved' },
      { kind: 'added', title: '1 edge', detail: 'added' },
      { kind: 'removed', title: '1 edge', detail: 'removed' },
      { kind: 'changed', title: '1 group', detail: 'changed' },
      { kind: 'changed', title: 'Pipeline', detail: 'description' },
    ]);
  });
});
