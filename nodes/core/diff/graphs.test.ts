import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Graph, type GraphInput, type GraphNode, graphSchema } from '../graph.ts';
import { randomGraph, seeded } from '../testing/random-graph.ts';
import { fieldChanges, sameJson } from './fields.ts';
import { differenceOf, diffGraphs } from './graphs.ts';

const base: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Follow up',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, position: { x: 0, y: 0 } },
    {
      id: 'draft',
      type: 'llm.generate',
      version: 1,
      config: { model: 'a', rules: [{ when: 'x' }, { when: 'y' }] },
      inputs: { prompt: { kind: 'template', template: 'Dear {{ run.input.name }}' } },
      position: { x: 244, y: 0 },
    },
    { id: 'end', type: 'output', version: 1, position: { x: 488, y: 0 } },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'draft' },
    { id: 'b', from: 'draft', outcome: 'ok', to: 'end' },
  ],
  notes: [{ id: 'n', text: 'Never promise one.', position: { x: 0, y: 200 } }],
  groups: [{ id: 'g', title: 'Writing', nodes: ['draft', 'end'], notes: [] }],
};
const graph = (change: (graph: Graph) => void = () => {}): Graph => {
  const made = graphSchema.parse(structuredClone(base));
  change(made);
  return made;
};
const change = (id: string, members: Partial<GraphNode>) => (made: Graph) => {
  made.nodes = made.nodes.map((node) => (node.id === id ? { ...node, ...members } : node));
};
const from = (to: Graph, before = graph()) => diffGraphs(before, to);
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('nodes', () => {
  test('that came, went and changed are told apart', () => {
    const diff = from(
      graph((made) => {
        made.nodes = made.nodes.filter(({ id }) => id !== 'end');
        made.nodes.push({ ...made.nodes[0]!, id: 'later', type: 'flow.wait', position: { x: 9, y: 9 } });
        change('draft', { title: 'Letter' })(made);
      }),
    );
    expect(ids(diff.nodes.added)).toEqual(['later']);
    expect(ids(diff.nodes.removed)).toEqual(['end']);
    expect(diff.nodes.changed).toMatchObject([
      { after: { id: 'draft' }, fields: [{ path: 'title', before: undefined, after: 'Letter' }] },
    ]);
    expect(differenceOf(diff)).toBe('meaning');
  });

  test.each<[string, Partial<GraphNode>, string]>([
    ['type', { type: 'output' }, 'type'],
    ['version', { version: 2 }, 'version'],
    [
      'a member of the configuration',
      { config: { model: 'b', rules: [{ when: 'x' }, { when: 'y' }] } },
      'config.model',
    ],
    ['a member in a list', { config: { model: 'a', rules: [{ when: 'x' }, { when: 'z' }] } }, 'config.rules[1].when'],
    ['an item that is gone', { config: { model: 'a', rules: [{ when: 'y' }] } }, 'config.rules[0]'],
    ['a binding', { inputs: { prompt: { kind: 'value', value: 'x' } } }, 'inputs.prompt'],
    ['a binding that is gone', { inputs: {} }, 'inputs.prompt'],
    ['retries', { retry: { attempts: 2, initialMs: 1, factor: 1, maxMs: 1, jitter: 0 } }, 'retry'],
    ['the time limit', { timeoutMs: 5 }, 'timeoutMs'],
    ['what follows a failure', { onFailure: 'ask' }, 'onFailure'],
    ['being passed over', { disabled: true }, 'disabled'],
  ])('%s is named by its path and runs differently', (_what, members, path) => {
    const diff = from(graph(change('draft', members)));
    expect(diff.nodes.changed.flatMap(({ fields }) => fields.map((field) => field.path))).toEqual([path]);
    expect(differenceOf(diff)).toBe('meaning');
  });

  test('prompts are told by name and by what changed in them; another text runs differently', () => {
    const said = (text: string, title = 'Greeting') =>
      graph((made) => {
        made.prompts = [{ id: 'p', title, text, variables: [] }];
      });
    const changed = from(said('Good day'), said('Hello'));
    expect(changed.prompts.changed.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(['text']);
    expect(differenceOf(changed)).toBe('meaning');
    expect(differenceOf(from(said('Hello', 'Other'), said('Hello')))).toBe('words');
    expect(ids(from(said('Hello')).prompts.added)).toEqual(['p']);
    expect(differenceOf(from(graph(), said('Hello')))).toBe('meaning');
  });

  test('that stand elsewhere are moved, not changed', () => {
    const diff = from(graph(change('draft', { position: { x: 1, y: 2 } })));
    expect(diff.nodes.changed).toEqual([]);
    expect(diff.nodes.moved).toMatchObject([
      { before: { position: { x: 244, y: 0 } }, after: { id: 'draft', position: { x: 1, y: 2 } } },
    ]);
    expect(differenceOf(diff)).toBe('places');
  });

  test('with another id are the same nodes, and so are their edges and groups', () => {
    const diff = from(
      graph((made) => {
        change('draft', { id: 'letter' })(made);
        made.edges = [
          { id: 'a', from: 'start', outcome: 'fired', to: 'letter' },
          { id: 'b', from: 'letter', outcome: 'ok', to: 'end' },
        ];
        made.groups![0]!.nodes = ['letter', 'end'];
      }),
    );
    expect([...diff.renamed]).toEqual([['draft', 'letter']]);
    expect(diff.nodes).toMatchObject({ added: [], removed: [], changed: [{ fields: [{ path: 'id' }] }], moved: [] });
    expect(diff.edges).toEqual({ added: [], removed: [], changed: [] });
    expect(diff.groups.changed).toEqual([]);
  });

  test('are not taken for each other where two could be meant', () => {
    const twice = (first: string, second: string) =>
      graph((made) => {
        made.nodes.push({ ...made.nodes[2]!, id: first }, { ...made.nodes[2]!, id: second });
      });
    const diff = diffGraphs(twice('p', 'q'), twice('r', 's'));
    expect(diff.renamed.size).toBe(0);
    expect([ids(diff.nodes.added), ids(diff.nodes.removed)]).toEqual([
      ['r', 's'],
      ['p', 'q'],
    ]);
  });
});

test('edges are followed by id, and by their ends where they were drawn anew', () => {
  const diff = from(
    graph((made) => {
      made.edges = [
        { id: 'drawn-again', from: 'start', outcome: 'fired', to: 'draft' },
        { id: 'b', from: 'draft', outcome: 'error', to: 'end' },
        { id: 'c', from: 'start', outcome: 'fired', to: 'end' },
      ];
    }),
  );
  expect(ids(diff.edges.added)).toEqual(['c']);
  expect(diff.edges.removed).toEqual([]);
  expect(diff.edges.changed).toMatchObject([{ fields: [{ path: 'outcome', before: 'ok', after: 'error' }] }]);
  expect(ids(from(graph((made) => made.edges.pop())).edges.removed)).toEqual(['b']);
});

test('words are for people: comment, name, description, notes and groups change nothing that runs', () => {
  const worded: ((made: Graph) => void)[] = [
    change('draft', { comment: 'Ask Ann' }),
    (made) => Object.assign(made, { name: 'Other', description: 'What it does' }),
    (made) => Object.assign(made.notes[0]!, { text: 'Other', size: { width: 1, height: 1 } }),
    (made) => made.notes.pop(),
    (made) => made.groups!.push({ id: 'h', title: '', nodes: [], notes: [] }),
    (made) => Object.assign(made.groups![0]!, { nodes: ['draft'], notes: ['n'] }),
    (made) => delete made.groups,
  ];
  for (const write of worded) expect(differenceOf(from(graph(write)))).toBe('words');
  const ungrouped = graph((made) => delete made.groups);
  expect(from(ungrouped).groups.removed).toHaveLength(1);
  expect(from(graph(), ungrouped).groups.added).toHaveLength(1);
  expect(differenceOf(from(graph((made) => Object.assign(made.notes[0]!, { position: { x: 1, y: 1 } }))))).toBe(
    'places',
  );
});

test('settings that are absent are the defaults', () => {
  const settings = { timeoutMs: null, onFailure: 'stop', thresholds: [] } as const;
  expect(from(graph((made) => Object.assign(made, { settings }))).pipeline).toEqual([]);
  const diff = from(graph((made) => Object.assign(made, { settings: { ...settings, onFailure: 'ask' } })));
  expect(diff.pipeline).toEqual([{ path: 'settings.onFailure', before: 'stop', after: 'ask' }]);
  expect(differenceOf(diff)).toBe('meaning');
});

test('values are compared whatever the order of their members', () => {
  expect(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
  for (const [before, after] of [
    [[], {}],
    [null, {}],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [1, 2],
  ])
    expect(sameJson(before, after)).toBe(false);
  expect(fieldChanges('', { a: { b: 1 }, c: [1, 2, 3, 4] }, { a: { b: 2 }, c: [1, 3, 4] })).toEqual([
    { path: 'a.b', before: 1, after: 2 },
    { path: 'c[1]', before: 2, after: undefined },
  ]);
});

describe('any two graphs', () => {
  const graphs = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 12 })).map(([seed, size]) => {
    const random = seeded(seed);
    const made = graphSchema.parse(randomGraph(random, size));
    made.nodes = made.nodes.map((node, index) => ({
      ...node,
      position: { x: index * 244, y: Math.floor(random() * 3) },
    }));
    made.notes = [{ id: 'n', text: String(seed % 3), position: { x: seed % 2, y: 0 } }];
    made.groups = [{ id: 'g', title: '', nodes: made.nodes.slice(0, seed % 4).map(({ id }) => id), notes: [] }];
    return made;
  });
  const shuffled = (made: Graph, seed: number): Graph => {
    const random = seeded(seed);
    const mix = <Item>(list: readonly Item[]): Item[] =>
      list
        .map((item) => ({ item, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    return {
      ...made,
      nodes: mix(made.nodes).map((node) => Object.fromEntries(mix(Object.entries(node))) as GraphNode),
      edges: mix(made.edges),
      groups: made.groups!.map((group) => ({ ...group, nodes: mix(group.nodes) })),
    };
  };

  test('a graph does not differ from itself, in whatever order it is listed', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (made, seed) => {
        const diff = diffGraphs(made, shuffled(made, seed));
        expect(differenceOf(diff)).toBe('none');
        expect(diff.renamed.size).toBe(0);
      }),
    );
  });

  /** What a diff says, without the elements themselves, which hold lists in an order of their own. */
  const said = ({ nodes, edges, notes, groups, pipeline, renamed }: ReturnType<typeof diffGraphs>) => [
    ...[nodes, edges, notes, groups].map(({ added, removed, changed }) => [
      ids(added),
      ids(removed),
      changed.map(({ after, fields }) => ({ id: after.id, fields })),
    ]),
    ids(nodes.moved.map(({ after }) => after)),
    pipeline,
    [...renamed].sort(),
  ];

  test('the order in which they are listed does not matter', () => {
    fc.assert(
      fc.property(graphs, graphs, fc.nat(), (before, after, seed) => {
        const mixed = diffGraphs(shuffled(before, seed), shuffled(after, seed + 1));
        expect(said(mixed)).toEqual(said(diffGraphs(before, after)));
      }),
    );
  });

  test('what came one way went the other way', () => {
    fc.assert(
      fc.property(graphs, graphs, (before, after) => {
        const [there, back] = [diffGraphs(before, after), diffGraphs(after, before)];
        expect(there.nodes.added).toEqual(back.nodes.removed);
        expect(there.edges.added).toEqual(back.edges.removed);
        expect(there.nodes.changed.map(({ after: { id } }) => id).sort()).toEqual(
          back.nodes.changed.map(({ before: { id } }) => id).sort(),
        );
        expect(differenceOf(there)).toBe(differenceOf(back));
      }),
    );
  });
});
