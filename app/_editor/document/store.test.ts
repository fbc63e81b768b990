import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import type { Command } from './command.ts';
import { adoptFragment, fragmentOf } from './fragment.ts';
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
});

const idArb = fc.constantFrom('start', 'draft', 'send', 'note', 'extra', 'extra2', 'other');
const bindingArb = fc.oneof(
  fc.record({ kind: fc.constant('value' as const), value: fc.constantFrom(1, 'x', null, [1], { a: 1 }) }),
  fc.record({ kind: fc.constant('expr' as const), expr: fc.constantFrom('nodes.draft.text', '1 + 1') }),
);
const positionArb = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
const pathArb = fc.constantFrom(['limit'], ['fields'], ['rules', 0, 'when'], ['rules', 0]);
const node = (id: string) => graphSchema.shape.nodes.element.parse({ id, type: 'output', version: 1 });

const commandArb: fc.Arbitrary<(graph: Graph) => Command> = fc.oneof(
  fc.tuple(idArb, positionArb).map(([id, position]) => (graph: Graph): Command => {
    const fragment = adoptFragment(graph, { nodes: [node(id)], edges: [], notes: [] }, position);
    return { kind: 'insert', fragment };
  }),
  fc.tuple(fc.array(idArb, { maxLength: 3 }), positionArb).map(([nodes, offset]) => (graph: Graph): Command => {
    const copied = fragmentOf(graph, { nodes, edges: [], notes: ['note'] });
    return { kind: 'insert', fragment: adoptFragment(graph, copied, offset) };
  }),
  fc
    .array(idArb, { maxLength: 2 })
    .map((nodes) => (): Command => ({ kind: 'remove', selection: { nodes, edges: ['b'], notes: nodes } })),
  fc.tuple(idArb, positionArb).map(
    ([id, at]) =>
      (): Command => ({ kind: 'move', nodes: { [id]: at }, notes: { [id]: at } }),
  ),
  fc.tuple(idArb, idArb).map(
    ([from, to]) =>
      (graph: Graph): Command => ({
        kind: 'connect',
        edge: { id: `e${graph.edges.length}`, from, outcome: 'ok', to },
        bindings: [{ nodeId: to, input: 'text', binding: { kind: 'expr', expr: `nodes.${from}.text` } }],
      }),
  ),
  fc.tuple(idArb, idArb).map(
    ([from, to]) =>
      (): Command => ({ kind: 'rename-node', from, to }),
  ),
  fc.tuple(idArb, fc.constantFrom('', 'Draft', 'Mail')).map(
    ([nodeId, title]) =>
      (): Command => ({ kind: 'set-title', nodeId, title }),
  ),
  fc.tuple(idArb, pathArb, fc.constantFrom(1, 'x', [{ when: 'a' }], undefined)).map(
    ([nodeId, path, value]) =>
      (): Command => ({ kind: 'set-config', nodeId, path, value }),
  ),
  fc.tuple(idArb, fc.constantFrom('text', 'name'), fc.option(bindingArb)).map(
    ([nodeId, input, binding]) =>
      (): Command => ({ kind: 'set-input', nodeId, input, binding }),
  ),
  fc.string({ minLength: 1, maxLength: 5 }).map((name) => (): Command => ({ kind: 'set-name', name })),
  fc.tuple(idArb, fc.option(fc.integer({ min: 1, max: 9 }))).map(
    ([nodeId, timeoutMs]) =>
      (): Command => ({ kind: 'set-timeout', nodeId, timeoutMs }),
  ),
);

describe('undo', () => {
  it('gives the same document byte for byte after any sequence of edits, and redo the same end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(commandArb, fc.integer({ min: 0, max: 2_000 })), { maxLength: 60 }), (edits) => {
        let nowMs = 0;
        const document = createDocumentStore(start, () => nowMs);
        for (const [make, laterMs] of edits) {
          nowMs += laterMs;
          document.dispatch(make(document.store.getState().graph));
          expect(graphSchema.safeParse(document.store.getState().graph).success).toBe(true);
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
