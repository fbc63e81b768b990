import { type Flow, isJoin, joinRuleOf, outcomesOf, sourceOf } from './flow.ts';
import type { Structure } from './structure.ts';

/**
 * What has certainly happened when a node runs: which nodes have run, and with which outcome.
 * `ran(n, by)` — node `by` has run before `n` does. `passed(n, by, outcome)` — it has, and left by that outcome.
 */
export type Guarantees = {
  ran: (n: number, by: number) => boolean;
  passed: (n: number, by: number, outcome: string) => boolean;
  /** The same for an edge: what has happened when it is taken. */
  passedByEdge: (e: number, by: number, outcome: string) => boolean;
  /** True where the two edges cannot both be taken in one run: they need different outcomes of one node. */
  exclusive: (e1: number, e2: number) => boolean;
};

/**
 * Computes guarantees in topological order with one bit per node and per outcome. Through a choice it is what all ways
 * have in common (as dominators are, cf. Cooper, Harvey and Kennedy 2001); through a join that waits for all, it is
 * in addition what every branch brings that was bound to be taken.
 */
export function guarantees(flow: Flow, { order }: Structure): Guarantees {
  const bits = numberBits(flow);
  const words = Math.ceil(bits.size / 32);
  const sets: Uint32Array[] = flow.nodes.map(() => new Uint32Array(words));
  const done = new Uint8Array(flow.nodes.length);
  const ofEdge = (e: number): Uint32Array => {
    const from = sourceOf(flow, e);
    const set = sets[from]!.slice();
    add(set, bits.outcome(from, flow.edges[e]!.outcome));
    return set;
  };

  for (const n of order) {
    const edges = flow.into[n]!.filter((e) => done[sourceOf(flow, e)]);
    const set = edges.length === 0 ? new Uint32Array(words) : merge(flow, n, edges, ofEdge, bits);
    add(set, bits.node(n));
    sets[n] = set;
    done[n] = 1;
  }
  return {
    ran: (n, by) => n !== by && has(sets[n]!, bits.node(by)),
    passed: (n, by, outcome) => has(sets[n]!, bits.outcome(by, outcome)),
    passedByEdge: (e, by, outcome) => has(ofEdge(e), bits.outcome(by, outcome)),
    exclusive: (e1, e2) => excludes(flow, bits, ofEdge(e1), ofEdge(e2)),
  };
}

type Bits = { size: number; node: (n: number) => number; outcome: (n: number, outcome: string) => number };

function numberBits(flow: Flow): Bits {
  const first: number[] = [];
  const names: string[][] = [];
  let size = 0;
  flow.nodes.forEach(({ outcomes }, n) => {
    first.push(size);
    names.push([...new Set([...Object.keys(outcomes), ...flow.outOf[n]!.keys()])]);
    size += 1 + names[n]!.length;
  });
  return {
    size,
    node: (n) => first[n]!,
    outcome: (n, outcome) => {
      const at = names[n]!.indexOf(outcome);
      return at < 0 ? -1 : first[n]! + 1 + at;
    },
  };
}

function merge(flow: Flow, n: number, edges: number[], ofEdge: (e: number) => Uint32Array, bits: Bits): Uint32Array {
  const sets = edges.map(ofEdge);
  const common = sets[0]!.slice();
  for (const set of sets.slice(1)) for (let w = 0; w < common.length; w += 1) common[w]! &= set[w]!;
  if (!isJoin(flow, n) || joinRuleOf(flow, n).kind !== 'all') return common;
  const bound = boundToHappen(flow, common, bits);
  edges.forEach((e, i) => {
    if (bound(e)) for (let w = 0; w < common.length; w += 1) common[w]! |= sets[i]![w]!;
  });
  return common;
}

/** Whether an edge is certainly taken once all of `given` has happened: its source is bound to run and has one way out. */
function boundToHappen(flow: Flow, given: Uint32Array, bits: Bits): (e: number) => boolean {
  const known = new Map<number, boolean>();
  const edge = (e: number): boolean => {
    const from = sourceOf(flow, e);
    const { outcome } = flow.edges[e]!;
    if (has(given, bits.outcome(from, outcome))) return true;
    const ways = outcomesOf(flow, from);
    return ways.length === 1 && ways[0] === outcome && node(from);
  };
  const node = (n: number): boolean => {
    const decided = known.get(n);
    if (decided !== undefined) return decided;
    known.set(n, false);
    const starts = has(given, bits.node(n)) || (joinRuleOf(flow, n).kind !== 'count' && flow.into[n]!.some(edge));
    known.set(n, starts);
    return starts;
  };
  return edge;
}

function excludes(flow: Flow, bits: Bits, a: Uint32Array, b: Uint32Array): boolean {
  return flow.nodes.some((_, n) => {
    if (!has(a, bits.node(n)) || !has(b, bits.node(n))) return false;
    const ways = outcomesOf(flow, n);
    const of = (set: Uint32Array): string | undefined => ways.find((outcome) => has(set, bits.outcome(n, outcome)));
    const [inA, inB] = [of(a), of(b)];
    return inA !== undefined && inB !== undefined && inA !== inB;
  });
}

function add(set: Uint32Array, bit: number): void {
  if (bit >= 0) set[bit >>> 5]! |= 1 << (bit & 31);
}

function has(set: Uint32Array, bit: number): boolean {
  return bit >= 0 && (set[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}
