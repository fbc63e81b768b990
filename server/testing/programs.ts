import type { NodeKind } from '#nodes/core/define-node.ts';
import { defaultSettings } from '#nodes/core/graph.ts';
import type { Arc, Join, Program, State } from '#nodes/core/program.ts';

type Sketch = {
  kind?: NodeKind;
  arcs: Record<string, Arc>;
  body?: Arc;
  scope?: string;
  config?: State['config'];
  tolerates?: number;
};

/** A program written by hand, for tests of the engine that should not depend on the compiler. */
export function sketch(states: Record<string, Sketch>, joins: Record<string, Join>): Program {
  return {
    format: 'solograph/program',
    version: 1,
    hash: `test-${crypto.randomUUID()}`,
    runInput: {},
    settings: defaultSettings,
    triggers: { start: { arrivals: [] } },
    joins,
    states: Object.fromEntries(Object.entries(states).map(([id, s]) => [id, stateOf(id, s)])),
  };
}

/** What follows an outcome: states that start, and edges that settle at joins as [join, taken, dead]. */
export function arc(start: string[], ...arrivals: [join: string, taken: number, dead: number][]): Arc {
  return { start, arrivals: arrivals.map(([join, taken, dead]) => ({ join, taken, dead })) };
}

/** A join that fires when all its edges are settled and one was taken. */
export function all(edges: number, ifDead: Join['ifDead'] = []): Join {
  return { rule: { kind: 'all' }, edges, ifDead };
}

/** An agent `helper` whose tool calls are the state `work`, and `last` after it. */
export function sketchOfAgent(): Program {
  return sketch(
    {
      start: { kind: 'trigger', arcs: { fired: arc(['helper']) } },
      helper: { kind: 'agent', arcs: { done: arc(['last']) }, body: arc(['work']) },
      work: { scope: 'helper', arcs: { ok: arc([], ['$end:helper', 1, 0]) } },
      last: { arcs: { ok: arc([], ['$end', 1, 0]) } },
    },
    { '$end:helper': all(1), $end: all(1) },
  );
}

function stateOf(id: string, s: Sketch): State {
  return {
    id,
    kind: s.kind ?? 'task',
    type: 'test',
    version: 1,
    config: s.config ?? {},
    inputs: {},
    inputTypes: {},
    outcomeTypes: {},
    scope: s.scope ?? null,
    reads: [],
    arcs: s.arcs,
    effect: 'pure',
    reversible: true,
    risk: 0,
    retry: null,
    timeoutMs: 1_000,
    body: s.body
      ? { arc: s.body, result: null, again: null, resultReads: [], maxItems: 1_000, tolerates: s.tolerates ?? null }
      : null,
    undo: null,
    onFailure: 'stop',
  };
}
