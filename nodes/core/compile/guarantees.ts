import { type Flow, isJoin, joinRuleOf, outcomesOf, sourceOf } from './flow.ts';
import type { Structure } from './structure.ts';

/**
 * What has certainly happened when a node runs: which nodes have run, and with which outcome.
 * `ran(n, by)` — node `by` has run before `n` does. `passed(n, by, outcome)` — it has, and left by that outcome.
 */
export type Guarantees = {
  ran: (n: number, by: number) => boolean;
  passed: (n: number, by: number, outcome: string) => boolean;
  /** The same at the end of an iteration of a map, for the nodes of its body and those before it. */
  atEnd: (map: number) => Pick<Guarantees, 'ran' | 'passed'>;
  /** True where the two edges cannot both be taken in one run: they need different outcomes of one node. */
  exclusive: (e1: number, e2: number) => boolean;
};

/**
 * Computes guarantees in topological order with one bit per node and per outcome. Through a choice it is what all ways
 * have in common (as dominators are, cf. Cooper, Harvey and Kennedy 2001); through a join that waits for all, it is
 * in addition what every branch brings that was bound to be taken.
 */
export function guarantees(flow: Flow, { order, scope }: Structure): Guarantees {
  const bits = numberBits(flow);
  const words = Math.ceil(bits.size / 32);
  // One piece of memory: thousands of small ones cost more than what is computed in them.
  const memory = new Uint32Array(words * flow.nodes.length);
  const sets: Uint32Array[] = flow.nodes.map((_, n) => memory.subarray(n * words, (n + 1) * words));
  const done = new Uint8Array(flow.nodes.length);
  const knowledge: Knowledge = { flow, bits, sets };
  const ofEdge = (e: number): Uint32Array => {
    const set = new Uint32Array(words);
    merge(knowledge, set, { ways: [wayOf(flow, e)], waits: false });
    return set;
  };

  for (const n of order) {
    const edges = flow.into[n]!.filter((e) => done[sourceOf(flow, e)]);
    const waits = isJoin(flow, n) && joinRuleOf(flow, n).kind === 'all';
    if (edges.length > 0) merge(knowledge, sets[n]!, { ways: edges.map((e) => wayOf(flow, e)), waits });
    add(sets[n]!, bits.node(n));
    done[n] = 1;
  }
  return {
    ran: (n, by) => n !== by && has(sets[n]!, bits.node(by)),
    passed: (n, by, outcome) => has(sets[n]!, bits.outcome(by, outcome)),
    atEnd: (map) => {
      const ways = order.filter((n) => scope[n] === map).flatMap((n) => unwired(flow, n));
      const set = sets[map]!.slice();
      if (ways.length > 0) merge(knowledge, set, { ways, waits: true });
      return {
        ran: (_, by) => has(set, bits.node(by)),
        passed: (_, by, outcome) => has(set, bits.outcome(by, outcome)),
      };
    },
    exclusive: (e1, e2) => excludes(flow, bits, ofEdge(e1), ofEdge(e2)),
  };
}

type Bits = { size: number; node: (n: number) => number; outcome: (n: number, outcome: string) => number };
type Knowledge = { flow: Flow; bits: Bits; sets: readonly Uint32Array[] };

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

/** Leaving a node by one of its outcomes. */
type Way = { from: number; outcome: string };

function wayOf(flow: Flow, e: number): Way {
  return { from: sourceOf(flow, e), outcome: flow.edges[e]!.outcome };
}

/** The ways of a node that lead nowhere: they lead to the end of its scope. */
function unwired(flow: Flow, n: number): Way[] {
  return outcomesOf(flow, n)
    .filter((outcome) => !flow.outOf[n]!.has(outcome))
    .map((outcome) => ({ from: n, outcome }));
}

/** Writes into `common` what has happened where several ways meet; `waits`: until each of them is taken or will not be. */
function merge(
  { flow, bits, sets }: Knowledge,
  common: Uint32Array,
  { ways, waits }: { ways: readonly Way[]; waits: boolean },
): void {
  ways.forEach(({ from, outcome }, i) => {
    const set = sets[from]!;
    const bit = bits.outcome(from, outcome);
    if (i === 0) {
      common.set(set);
      add(common, bit);
      return;
    }
    const both = has(common, bit);
    for (let w = 0; w < common.length; w += 1) common[w]! &= set[w]!;
    if (both) add(common, bit);
  });
  if (!waits) return;
  const bound = boundToHappen(flow, common, bits);
  for (const way of ways) {
    if (!bound(way)) continue;
    const set = sets[way.from]!;
    for (let w = 0; w < common.length; w += 1) common[w]! |= set[w]!;
    add(common, bits.outcome(way.from, way.outcome));
  }
}

/** Whether a way is certainly taken once all of `given` has happened: its source is bound to run and has no other. */
function boundToHappen(flow: Flow, given: Uint32Array, bits: Bits): (way: Way) => boolean {
  const known = new Map<number, boolean>();
  const taken = ({ from, outcome }: Way): boolean => {
    if (has(given, bits.outcome(from, outcome))) return true;
    const ways = outcomesOf(flow, from);
    return ways.length === 1 && ways[0] === outcome && node(from);
  };
  const node = (n: number): boolean => {
    const decided = known.get(n);
    if (decided !== undefined) return decided;
    known.set(n, false);
    const starts =
      has(given, bits.node(n)) ||
      (joinRuleOf(flow, n).kind !== 'count' && flow.into[n]!.some((e) => taken(wayOf(flow, e))));
    known.set(n, starts);
    return starts;
  };
  return taken;
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
  set[bit >>> 5]! |= 1 << (bit & 31);
}

function has(set: Uint32Array, bit: number): boolean {
  return bit >= 0 && (set[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}
