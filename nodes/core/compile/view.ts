import { type Flow, outcomesOf, sourceOf, targetOf } from './flow.ts';
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
  /** The node runs before this point, if it runs. */
  before: (by: number) => boolean;
  /** Outcomes by which the node may have left, if it has run. */
  outcomes: (by: number) => string[];
};

export type Views = { before: (n: number) => View; atEnd: (map: number) => View };

/** Views of all points of a graph. What they need is computed once, when first asked. */
export function viewsOf(flow: Flow, structure: Structure, guarantees: Guarantees): Views {
  let known: Uint32Array[] | null = null;
  const precedes = (by: number, n: number): boolean => {
    known ??= ancestors(flow, structure);
    return (known[n]![by >>> 5]! & (1 << (by & 31))) !== 0;
  };
  const leads = (by: number, outcome: string, n: number): boolean =>
    (flow.outOf[by]!.get(outcome) ?? []).some((e) => targetOf(flow, e) === n || precedes(targetOf(flow, e), n));
  const outcomesBefore = (n: number, by: number): string[] => {
    const all = outcomesOf(flow, by);
    const sure = all.find((outcome) => guarantees.passed(n, by, outcome));
    if (sure !== undefined) return [sure];
    // Where it has certainly run, the way to this point went through it; else any outcome may stand beside.
    const leading = guarantees.ran(n, by) ? all.filter((outcome) => leads(by, outcome, n)) : all;
    return leading.length === 0 ? all : leading;
  };
  return {
    before: (n) => ({
      scope: structure.scope[n] ?? null,
      at: n,
      ran: (by) => guarantees.ran(n, by),
      before: (by) => precedes(by, n),
      outcomes: (by) => outcomesBefore(n, by),
    }),
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
      };
    },
  };
}

/** By node, one bit for each node from which a path leads to it. */
function ancestors(flow: Flow, { order }: Structure): Uint32Array[] {
  const words = Math.ceil(flow.nodes.length / 32);
  const sets = flow.nodes.map(() => new Uint32Array(words));
  for (const n of order)
    for (const e of flow.into[n]!) {
      const from = sourceOf(flow, e);
      const set = sets[n]!;
      const before = sets[from]!;
      for (let w = 0; w < words; w += 1) set[w]! |= before[w]!;
      set[from >>> 5]! |= 1 << (from & 31);
    }
  return sets;
}
