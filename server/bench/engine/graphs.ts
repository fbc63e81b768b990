import type { GraphInput } from '#nodes/core/graph.ts';

type Node = GraphInput['nodes'][number];
type Edge = GraphInput['edges'][number];

const trigger: Node = { id: 'start', type: 'trigger.manual', version: 1, config: {} };
/** A node that does nothing and gives nothing: its step is stored like any other. */
const nothing = (id: string): Node => ({ id, type: 'flow.join', version: 1, config: {} });
const edge = (from: string, outcome: string, to: string): Edge => ({
  id: `${from}.${outcome}.${to}`,
  from,
  outcome,
  to,
});

function graphOf(name: string, nodes: Node[], edges: Edge[]): GraphInput {
  return { format: 'solograph/graph', version: 1, name, nodes, edges };
}

/** A trigger and then nodes one after the other, `length` in all. */
export function chain(length: number): GraphInput {
  const ids = Array.from({ length: length - 1 }, (_, i) => `n${i + 1}`);
  const edges = ids.map((id, i) => (i === 0 ? edge('start', 'fired', id) : edge(ids[i - 1] as string, 'done', id)));
  return graphOf(`Chain of ${length}`, [trigger, ...ids.map(nothing)], edges);
}

/** One node, `width` beside each other, one that waits for them all. */
export function fan(width: number): GraphInput {
  const ids = Array.from({ length: width }, (_, i) => `n${i + 1}`);
  const edges = ids.flatMap((id) => [edge('start', 'fired', id), edge(id, 'done', 'all')]);
  return graphOf(`Fan of ${width}`, [trigger, ...ids.map(nothing), nothing('all')], edges);
}

/** One node per item of a list. */
export function each(items: number, concurrency: number): GraphInput {
  return graphOf(
    `Each of ${items}`,
    [
      trigger,
      {
        id: 'each',
        type: 'flow.map',
        version: 1,
        config: { maxItems: items, concurrency },
        inputs: { items: { kind: 'value', value: Array.from({ length: items }, (_, i) => i) } },
      },
      nothing('work'),
    ],
    [edge('start', 'fired', 'each'), edge('each', 'each', 'work')],
  );
}

/** A graph of `size` nodes of which a run goes through `length`: the others hang on a branch that is not taken. */
export function wide(size: number, length: number): GraphInput {
  const ids = Array.from({ length: length - 2 }, (_, i) => `n${i + 1}`);
  const idle = Array.from({ length: size - length }, (_, i) => `x${i + 1}`);
  const branch: Node = {
    id: 'choose',
    type: 'flow.branch',
    version: 1,
    config: {},
    inputs: { condition: { kind: 'expr', expr: 'true' } },
  };
  return graphOf(
    `Graph of ${size}`,
    [trigger, branch, ...ids.map(nothing), ...idle.map(nothing)],
    [
      edge('start', 'fired', 'choose'),
      ...ids.map((id, i) => (i === 0 ? edge('choose', 'true', id) : edge(ids[i - 1] as string, 'done', id))),
      ...idle.map((id, i) => (i === 0 ? edge('choose', 'false', id) : edge(idle[i - 1] as string, 'done', id))),
    ],
  );
}
