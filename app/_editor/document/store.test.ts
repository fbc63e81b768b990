import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, type GraphEdge, graphSchema } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Command } from './command.ts';
import { adoptFragment, fragmentOf } from './fragment.ts';
import { freeId } from './ids.ts';
import { coalesceMs, createDocumentStore, undoDepth } from './store.ts';

const start: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Leads',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, title: 'Start', config: { fields: [] } },
    { id: 'draft', type: 'llm.generate', version: 1, inputs: { name: { kind: 'expr', expr: 'run.input.name' } } },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      inputs: { text: { kind: 'template', template: 'Hi {{ nodes.draft.text }}' } },
      position: { x: 10, y: 20 },
    },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'draft' },
    { id: 'b', from: 'draft', outcome: 'ok', to: 'send' },
  ],
  notes: [{ id: 'note', text: 'Never promise a date.', position: { x: 0, y: 0 } }],
  groups: [{ id: 'g', title: 'Outreach', nodes: ['draft'], notes: ['note'] }],
  settings: { thresholds: [{ name: 'Failures', nodes: ['draft'], failures: 2, withinMs: 60_000 }] },
});

const idArb = fc.constantFrom('start', 'draft', 'send', 'note', 'extra', 'extra2', 'other');
const idsArb = fc.array(idArb, { maxLength: 3 });
const promptIdArb = fc.constantFrom('greeting', 'letter');
const groupIdArb = fc.constantFrom('g', 'group', 'group2');
const bindingArb = fc.oneof(
  fc.record({ kind: fc.constant('value' as const), value: fc.constantFrom(1, 'x', null, [1], { a: 1 }) }),
  fc.record({ kind: fc.constant('expr' as const), expr: fc.constantFrom('nodes.draft.text', '1 + 1') }),
);
const positionArb = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
const pathArb = fc.constantFrom(['limit'], ['fields'], ['rules', 0, 'when'], ['rules', 0]);
const textArb = fc.constantFrom('', 'Draft', 'Mail');
const onFailureArb = fc.constantFrom('stop' as const, 'ask' as const);
const node = (id: string) => graphSchema.shape.nodes.element.parse({ id, type: 'output', version: 1 });
const placesArb = fc.tuple(idArb, positionArb).map(([id, at]) => ({ nodes: { [id]: at }, notes: { [id]: at } }));

type Kind = Command['kind'];
type Make<Name extends Kind> = fc.Arbitrary<(graph: Graph) => Extract<Command, { kind: Name }>>;

/** How a command of each kind comes about. A kind without a line here does not compile. */
const arbitraries: { [Name in Kind]: Make<Name> } = {
  insert: fc.tuple(idsArb, positionArb, fc.option(groupIdArb, { nil: undefined })).map(([ids, at, into]) => (graph) => {
    const copied = fragmentOf(graph, { nodes: ids, edges: [], notes: ['note'], groups: ['g'] });
    const fragment = adoptFragment(
      graph,
      { ...copied, nodes: [...copied.nodes.filter(({ id }) => id !== 'extra'), node('extra')] },
      at,
    );
    return { kind: 'insert', fragment, ...(into ? { into } : {}) };
  }),
  remove: fc.tuple(idsArb, fc.array(groupIdArb, { maxLength: 1 })).map(([nodes, groups]) => () => {
    return { kind: 'remove', selection: { nodes, edges: ['b'], notes: nodes, groups } };
  }),
  move: fc.tuple(placesArb, fc.option(groupIdArb, { nil: undefined })).map(([places, into]) => () => {
    return { kind: 'move', ...places, ...(into ? { into } : {}) };
  }),
  tidy: placesArb.map((places) => () => ({ kind: 'tidy', ...places })),
  arrange: placesArb.map((places) => () => ({ kind: 'arrange', ...places, label: 'Align left' })),
  connect: fc.tuple(idArb, idArb).map(([from, to]) => (graph) => ({
    kind: 'connect',
    edge: { id: `e${graph.edges.length}`, from, outcome: 'ok', to },
    bindings: [{ nodeId: to, input: 'text', binding: { kind: 'expr', expr: `nodes.${from}.text` } }],
  })),
  reconnect: fc.tuple(fc.constantFrom('a', 'b', 'e2'), idArb).map(([edgeId, to]) => () => {
    return { kind: 'reconnect', edgeId, edge: { id: 'other', from: 'start', outcome: 'fired', to } };
  }),
  'add-prompt': fc.tuple(promptIdArb, idArb).map(([id, nodeId]) => () => ({
    kind: 'add-prompt',
    prompt: { id, title: 'Greeting', text: 'Dear {{ who }}', variables: [{ name: 'who', type: 'text' }] },
    bind: { nodeId, input: 'text', binding: { kind: 'prompt', prompt: id, values: { who: 'run.input.name' } } },
  })),
  'set-prompt': fc.tuple(promptIdArb, textArb).map(([promptId, text]) => () => {
    return { kind: 'set-prompt', promptId, change: { text } };
  }),
  'rename-variable': promptIdArb.map((promptId) => () => ({ kind: 'rename-variable', promptId, at: 0, to: 'name' })),
  'remove-prompt': promptIdArb.map((promptId) => () => ({ kind: 'remove-prompt', promptId })),
  'insert-on-edge': fc
    .tuple(fc.constantFrom('a', 'b', 'gone'), fc.boolean(), placesArb)
    .map(([edgeId, fresh, moved]) => {
      return (graph) => {
        const nodeId = fresh ? freeId('between', new Set(graph.nodes.map(({ id }) => id))) : 'send';
        const edges: [GraphEdge, GraphEdge] = [
          { id: `into ${nodeId}`, from: 'start', outcome: 'fired', to: nodeId },
          { id: `out of ${nodeId}`, from: nodeId, outcome: 'ok', to: 'send' },
        ];
        const binding = { kind: 'expr', expr: 'nodes.draft.text' } as const;
        const bindings = [{ nodeId, input: 'text', binding }];
        return { kind: 'insert-on-edge', edgeId, nodeId, node: fresh ? node(nodeId) : null, edges, bindings, moved };
      };
    }),
  'rename-node': fc.tuple(idArb, idArb, fc.option(textArb, { nil: undefined })).map(([from, to, title]) => () => {
    return { kind: 'rename-node', from, to, ...(title === undefined ? {} : { title }) };
  }),
  'set-title': fc.tuple(idArb, textArb).map(([nodeId, title]) => () => ({ kind: 'set-title', nodeId, title })),
  'set-config': fc
    .tuple(idArb, pathArb, fc.constantFrom(1, 'x', [{ when: 'a' }], undefined))
    .map(([nodeId, path, value]) => () => ({ kind: 'set-config', nodeId, path, value })),
  'merge-config': fc
    .tuple(idArb, fc.constantFrom<{ [name: string]: Json }>({ a: 1 }, { limit: 2, b: null }))
    .map(([nodeId, members]) => () => ({
      kind: 'merge-config',
      nodeId,
      members,
    })),
  'set-input': fc
    .tuple(idArb, fc.constantFrom('text', 'name'), fc.option(bindingArb))
    .map(([nodeId, input, binding]) => () => ({ kind: 'set-input', nodeId, input, binding })),
  'set-retry': fc.tuple(idArb, fc.option(fc.integer({ min: 1, max: 9 }))).map(([nodeId, attempts]) => () => {
    const retry = attempts === null ? null : { attempts, initialMs: 10, factor: 2, maxMs: 100, jitter: 0 };
    return { kind: 'set-retry', nodeId, retry };
  }),
  'set-timeout': fc.tuple(idArb, fc.option(fc.integer({ min: 1, max: 9 }))).map(([nodeId, timeoutMs]) => () => ({
    kind: 'set-timeout',
    nodeId,
    timeoutMs,
  })),
  'set-on-failure': fc.tuple(idArb, fc.option(onFailureArb)).map(([nodeId, onFailure]) => () => ({
    kind: 'set-on-failure',
    nodeId,
    onFailure,
  })),
  'set-settings': fc.tuple(onFailureArb, idArb).map(([onFailure, id]) => () => ({
    kind: 'set-settings',
    settings: { onFailure, thresholds: [{ name: 'Many', nodes: [id], failures: 3, withinMs: 60_000, hold: true }] },
  })),
  'set-disabled': fc.tuple(idsArb, fc.boolean()).map(([nodeIds, disabled]) => () => ({
    kind: 'set-disabled',
    nodeIds,
    disabled,
  })),
  'set-comment': fc.tuple(idArb, textArb).map(([nodeId, comment]) => () => ({ kind: 'set-comment', nodeId, comment })),
  'set-note': fc.tuple(idArb, textArb).map(([noteId, text]) => () => ({ kind: 'set-note', noteId, text })),
  'resize-note': fc.tuple(idArb, fc.integer({ min: 40, max: 400 })).map(([noteId, width]) => () => ({
    kind: 'resize-note',
    noteId,
    size: { width, height: 80 },
  })),
  group: fc.tuple(groupIdArb, idsArb, textArb).map(([id, nodes, title]) => () => {
    return { kind: 'group', group: { id, title, nodes: [...new Set(nodes)], notes: ['note'] } };
  }),
  ungroup: fc.array(groupIdArb, { maxLength: 2 }).map((groupIds) => () => ({ kind: 'ungroup', groupIds })),
  'leave-group': idsArb.map((nodes) => () => ({ kind: 'leave-group', nodes, notes: ['note'] })),
  'set-group-title': fc.tuple(groupIdArb, textArb).map(([groupId, title]) => () => ({
    kind: 'set-group-title',
    groupId,
    title,
  })),
  'set-name': fc.string({ minLength: 1, maxLength: 5 }).map((name) => () => ({ kind: 'set-name', name })),
  'set-description': textArb.map((description) => () => ({ kind: 'set-description', description })),
  batch: fc.tuple(idArb, idArb, textArb).map(([from, to, title]) => (graph) => ({
    kind: 'batch',
    label: 'Put an approval before it',
    commands: [
      { kind: 'set-title', nodeId: from, title },
      { kind: 'set-disabled', nodeIds: [to], disabled: true },
      { kind: 'connect', edge: { id: `e${graph.edges.length}`, from, outcome: 'ok', to }, bindings: [] },
    ],
  })),
  migrate: fc
    .tuple(idsArb, fc.constantFrom('a', 'b', 'e2'), fc.option(fc.constantFrom('ok', 'error')))
    .map(([ids, edgeId, outcome]) => () => ({
      kind: 'migrate',
      nodes: ids.map((nodeId) => {
        return { nodeId, version: 2, config: { two: 1 }, removeInputs: ['text'], edges: { [edgeId]: outcome } };
      }),
    })),
  replace: fc.tuple(fc.boolean(), idArb).map(([bare, id]) => (graph) => {
    const { groups, settings, ...rest } = graph;
    const other = { ...rest, nodes: [...rest.nodes.filter((one) => one.id !== id)] };
    return { kind: 'replace', graph: bare ? other : graph, label: 'Restore version 1' };
  }),
};

/** Any command, each kind as likely as the others. */
const commandArb: fc.Arbitrary<(graph: Graph) => Command> = fc.oneof(
  ...Object.values<fc.Arbitrary<(graph: Graph) => Command>>(arbitraries),
);

/** What is wrong with the groups of a graph: members that are missing or stand in two groups, groups without any. */
function strayMembers({ nodes, notes, groups }: Graph): string[] {
  const present = { nodes: new Set(nodes.map(({ id }) => id)), notes: new Set(notes.map(({ id }) => id)) };
  const seen = new Set<string>();
  const wrong = groups?.length === 0 ? ['no groups, and a list of them'] : [];
  for (const group of groups ?? []) {
    if (group.nodes.length + group.notes.length === 0) wrong.push(`${group.id} is empty`);
    for (const kind of ['nodes', 'notes'] as const)
      for (const id of group[kind]) {
        if (!present[kind].has(id)) wrong.push(`${id} of ${group.id} is missing`);
        if (seen.has(`${kind} ${id}`)) wrong.push(`${id} is in two groups`);
        seen.add(`${kind} ${id}`);
      }
  }
  return wrong;
}

describe('undo', () => {
  it('gives the same document byte for byte after any sequence of edits, and redo the same end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(commandArb, fc.integer({ min: 0, max: 2_000 })), { maxLength: 60 }), (edits) => {
        let nowMs = 0;
        const document = createDocumentStore(start, () => nowMs);
        for (const [make, laterMs] of edits) {
          nowMs += laterMs;
          document.dispatch(make(document.store.getState().graph));
          const { graph } = document.store.getState();
          expect(graphSchema.safeParse(graph).error?.issues ?? []).toEqual([]);
          expect(strayMembers(graph)).toEqual([]);
        }
        const end = JSON.stringify(document.store.getState().graph);
        while (document.undo());
        expect(JSON.stringify(document.store.getState().graph)).toBe(JSON.stringify(start));
        while (document.redo());
        expect(JSON.stringify(document.store.getState().graph)).toBe(end);
      }),
      { numRuns: 300 },
    );
  });

  it('takes typing in one field as one step, and another field as another', () => {
    let nowMs = 0;
    const document = createDocumentStore(start, () => nowMs);
    for (const title of ['D', 'Dr', 'Dra']) {
      nowMs += 200;
      document.dispatch({ kind: 'set-title', nodeId: 'draft', title });
    }
    document.dispatch({ kind: 'set-title', nodeId: 'send', title: 'S' });
    expect(document.store.getState().past).toHaveLength(2);
    document.undo();
    document.undo();
    expect(document.store.getState().graph.nodes[1]?.title).toBeUndefined();
  });

  it('starts a new step after a pause, and after settle()', () => {
    let nowMs = 0;
    const document = createDocumentStore(start, () => nowMs);
    document.dispatch({ kind: 'set-name', name: 'A' });
    nowMs += coalesceMs + 1;
    document.dispatch({ kind: 'set-name', name: 'B' });
    document.settle();
    document.dispatch({ kind: 'set-name', name: 'C' });
    expect(document.store.getState().past).toHaveLength(3);
  });

  it('keeps the last 200 steps', () => {
    let nowMs = 0;
    const document = createDocumentStore(start, () => nowMs);
    for (let count = 0; count < undoDepth + 20; count++) {
      nowMs += 10_000;
      document.dispatch({ kind: 'set-name', name: `Name ${count}` });
    }
    expect(document.store.getState().past).toHaveLength(undoDepth);
    while (document.undo());
    expect(document.store.getState().graph.name).toBe('Name 19');
  });

  it('forgets what was undone once something else is edited', () => {
    const document = createDocumentStore(start);
    document.dispatch({ kind: 'set-name', name: 'A' });
    document.undo();
    document.dispatch({ kind: 'set-description', description: 'B' });
    expect(document.redo()).toBe(false);
  });

  it('records nothing where nothing changed', () => {
    const document = createDocumentStore(start);
    expect(document.dispatch({ kind: 'set-title', nodeId: 'missing', title: 'X' })).toBe(false);
    expect(document.store.getState().past).toHaveLength(0);
  });
});
