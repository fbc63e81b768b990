import { type Flow, isJoin, joinRuleOf, outcomesOf, sourceOf, targetOf } from './flow.ts';
import type { Guarantees } from './guarantees.ts';
import type { Structure } from './structure.ts';

/** What a binding can count on at a point of the graph: before a node runs, or at the end of an iteration of a map. */
export type View = {
  /** The map whose iteration this is, or null. */
  scope: number | null;
  /** The node that reads, or the map at whose iteration's end it is read. */
  at: number;
  /** The node has certainly run. */
  ran: (by: number) => boolean;
  /** A path leads from the node to this point. */
  before: (by: number) => boolean;
  /** Outcomes by which the node may have left, if it has run. */
  outcomes: (by: number) => readonly string[];
  /** Triggers by which a run that comes to this point may have started. */
  triggers: () => number[];
};

export type Views = {
  before: (n: number) => View;
  atEnd: (map: number) => View;
  /** When a node runs, another has run or never will. Not so past a join that does not wait for all. */
  settled: (n: number, by: number) => boolean;
};

/** Views of all points of a graph. What they need is computed once, when first asked. */
export function viewsOf(flow: Flow, structure: Structure, guarantees: Guarantees): Views {
  let all: Uint32Array[] | null = null;
  let waitedFor: Uint32Array[] | null = null;
  const precedes = (by: number, n: number): boolean => {
    all ??= ancestors(flow, structure, () => true);
    return has(all[n]!, by);
  };
  const settled = (n: number, by: number): boolean => {
    waitedFor ??= ancestors(flow, structure, (at) => !isJoin(flow, at) || joinRuleOf(flow, at).kind === 'all');
    return has(waitedFor[n]!, by);
  };
  const leads = (by: number, outcome: string, n: number): boolean =>
    (flow.outOf[by]!.get(outcome) ?? []).some((e) => targetOf(flow, e) === n || precedes(targetOf(flow, e), n));
  const outcomesBefore = (n: number, by: number): readonly string[] => {
    const all = outcomesOf(flow, by);
    const sure = all.find((outcome) => guarantees.passed(n, by, outcome));
    if (sure !== undefined) return [sure];
    // Where it has certainly run, the way to this point went through it; else any outcome may stand beside.
    return guarantees.ran(n, by) ? all.filter((outcome) => leads(by, outcome, n)) : all;
  };
  const triggers = flow.nodes.flatMap(({ declaration }, n) => (declaration.kind === 'trigger' ? [n] : []));
  const triggersOf = (n: number): number[] =>
    triggers.length === 1 ? triggers : triggers.filter((trigger) => trigger === n || precedes(trigger, n));
  const before = (n: number): View => ({
    scope: structure.scope[n] ?? null,
    at: n,
    ran: (by) => guarantees.ran(n, by),
    before: (by) => precedes(by, n),
    outcomes: (by) => outcomesBefore(n, by),
    triggers: () => triggersOf(n),
  });
  return {
    settled: (n, by) => settled(flow.undoes.get(n) ?? n, by),
    before: (n) => {
      const first = flow.undoes.get(n);
      return first === undefined ? before(n) : afterIt(flow, before(first), n);
    },
    atEnd: (map) => {
      const end = guarantees.atEnd(map);
      const inside = (by: number): boolean => structure.scope[by] === map;
      return {
        scope: map,
        at: map,
        ran: (by) => (inside(by) ? end.ran(map, by) : guarantees.ran(map, by)),
        before: (by) => inside(by) || precedes(by, map),
        outcomes: (by) => {
          if (!inside(by)) return outcomesBefore(map, by);
          const sure = outcomesOf(flow, by).find((outcome) => end.passed(map, by, outcome));
          return sure === undefined ? outcomesOf(flow, by) : [sure];
        },
        triggers: () => triggersOf(map),
      };
    },
  };
}

/** What a node sees that undoes another: what that one saw, and what it gave. It runs only where that one succeeded. */
function afterIt(flow: Flow, view: View, n: number): View {
  const first = view.at;
  const { outcomes } = flow.nodes[first]!;
  return {
    ...view,
    at: n,
    ran: (by) => by === first || view.ran(by),
    before: (by) => by === first || view.before(by),
    outcomes: (by) => (by === first ? Object.keys(outcomes) : view.outcomes(by)),
  };
}

/** By node, one bit for each node before it: of all its ways where it waits for them, else those common to all. */
function ancestors(flow: Flow, { order }: Structure, waits: (n: number) => boolean): Uint32Array[] {
  const words = Math.ceil(flow.nodes.length / 32);
  const memory = new Uint32Array(words * flow.nodes.length);
  const sets = flow.nodes.map((_, n) => memory.subarray(n * words, (n + 1) * words));
  for (const n of order) {
    const set = sets[n]!;
    const all = waits(n);
    flow.into[n]!.forEach((e, i) => {
      const from = sourceOf(flow, e);
      const way = sets[from]!;
      const every = i === 0 || all;
      const both = every || has(set, from);
      if (every) for (let w = 0; w < words; w += 1) set[w]! |= way[w]!;
      else for (let w = 0; w < words; w += 1) set[w]! &= way[w]!;
      if (both) set[from >>> 5]! |= 1 << (from & 31);
    });
  }
  return sets;
}

function has(set: Uint32Array, bit: number): boolean {
  return (set[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}
