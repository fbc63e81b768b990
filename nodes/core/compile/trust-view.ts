import { sourceOf, targetOf } from './flow.ts';
import {
  type Gate,
  gatesBefore,
  gatesOf,
  outputTrust,
  readBy,
  stopped,
  type Tainted,
  type TrustFacts,
  taint,
} from './trust.ts';

/** What untrusted text does at a node. Nodes that it does not touch have no entry. */
export type NodeTrust = {
  /** It enters here: what the node gives was written by strangers. */
  enters: boolean;
  /** Inputs through which it is read. */
  reads: string[];
  /** What the node gives may hold it. */
  gives: boolean;
  /** A person sees it here, or the node leaves nothing of it. */
  stops: 'person' | 'sanitiser' | null;
};

/** `open`: untrusted text passes along; `seen`: a person has decided since it entered. */
export type EdgeTrust = 'open' | 'seen';

/** How untrusted text goes through a graph, for people to look at. */
export type TrustView = { nodes: Record<string, NodeTrust>; edges: Record<string, EdgeTrust> };

/**
 * The way of untrusted text from the nodes that give it to those that read it, along the edges between them. What has
 * been given and will be read is carried as one bit for each node that gives such text to another.
 */
export function trustView(facts: TrustFacts): TrustView {
  const tainted = taint(facts);
  if (!tainted.any) return { nodes: {}, edges: {} };
  const { flow, structure } = facts;
  const all = [...structure.order, ...structure.aside];
  const readers = new Map(all.map((n) => [n, readBy(flow, n, facts.bindings).filter(({ from }) => tainted.has(from))]));
  const ways = waysOf(facts, readers);
  const gates = gatesOf(flow).filter(({ human }) => human);
  const asks = new Set(gates.map(({ at }) => at));
  const view: TrustView = { nodes: {}, edges: {} };
  for (const n of all) {
    const reads = [...new Set(readers.get(n)!.map(({ input }) => input))];
    const trust = outputTrust(flow.nodes[n]!);
    const gives = tainted.has(n);
    const passes = ways.into(n).length > 0;
    const stops = asks.has(n) && passes ? 'person' : trust === 'sanitise' && reads.length > 0 ? 'sanitiser' : null;
    if (!gives && reads.length === 0 && stops === null) continue;
    view.nodes[flow.nodes[n]!.node.id] = { enters: trust === 'untrusted', reads, gives, stops };
  }
  for (const n of structure.order) {
    const given = ways.into(n);
    if (given.length === 0) continue;
    const passed = gatesBefore(gates, facts.views.before(n));
    for (const [e, givers] of given)
      view.edges[flow.edges[e]!.id] = allSeen(facts, tainted, { givers, passed }) ? 'seen' : 'open';
  }
  return view;
}

function allSeen({ views }: TrustFacts, tainted: Tainted, at: { givers: number[]; passed: Gate[] }): boolean {
  if (at.passed.length === 0) return false;
  const sources = new Set(at.givers.flatMap(tainted.sources));
  return [...sources].every((source) => stopped(views, at.passed, source));
}

type Reads = ReadonlyMap<number, readonly { input: string; from: number }[]>;

/** By node: the edges into it that untrusted text passes along, with the nodes that gave it. */
function waysOf({ flow, structure }: TrustFacts, readers: Reads): { into: (n: number) => [number, number[]][] } {
  const givers = [...new Set([...readers.values()].flat().map(({ from }) => from))];
  const bitOf = new Map(givers.map((n, bit) => [n, bit]));
  const words = Math.ceil(givers.length / 32);
  const sets = (): Uint32Array[] => {
    const memory = new Uint32Array(words * flow.nodes.length);
    return flow.nodes.map((_, n) => memory.subarray(n * words, (n + 1) * words));
  };
  const [given, wanted] = [sets(), sets()];
  const addBit = (set: Uint32Array, n: number): void => {
    const bit = bitOf.get(n);
    if (bit !== undefined) set[bit >>> 5]! |= 1 << (bit & 31);
  };
  const addAll = (set: Uint32Array, more: Uint32Array): void => {
    for (let w = 0; w < words; w += 1) set[w]! |= more[w]!;
  };
  for (const n of structure.order) {
    for (const e of flow.into[n]!) addAll(given[n]!, given[sourceOf(flow, e)]!);
    addBit(given[n]!, n);
  }
  for (const n of structure.order.toReversed()) {
    for (const edges of flow.outOf[n]!.values()) for (const e of edges) addAll(wanted[n]!, wanted[targetOf(flow, e)]!);
    for (const { from } of readers.get(n)!) addBit(wanted[n]!, from);
  }
  return {
    into: (n) =>
      flow.into[n]!.flatMap((e): [number, number[]][] => {
        const from = given[sourceOf(flow, e)]!;
        const both = from.map((word, w) => word & wanted[n]![w]!);
        const found = both.some((word) => word !== 0)
          ? givers.filter((_, bit) => (both[bit >>> 5]! >>> (bit & 31)) & 1)
          : [];
        return found.length === 0 ? [] : [[e, found]];
      }),
  };
}
