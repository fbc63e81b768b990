import type { Diagnostic } from '../diagnostics.ts';
import { type Arc, type Arrivals, iterationEnd, type Join, runEnd } from '../program.ts';
import { type Flow, hasBody, isJoin, joinRuleOf, outcomesOf, targetOf } from './flow.ts';
import type { Guarantees } from './guarantees.ts';
import type { Structure } from './structure.ts';

export type Folded = {
  joins: Record<string, Join>;
  /** By node: outcome → arc. */
  arcs: Record<string, Arc>[];
  /** By node, maps and loops only: what an iteration starts with. */
  bodies: (Arc | null)[];
  /** By trigger id. */
  triggers: Record<string, { arrivals: Arrivals }>;
};

type Counts = Map<string, { taken: number; dead: number }>;

/**
 * Folds dead paths into the arcs: for each outcome, which joins settle by it and how often, taken or dead, through any
 * number of single-entry states that will not run. See program.ts for what a join is and why this is exact.
 */
export function foldJoins(flow: Flow, { order, scope }: Structure): Folded {
  const endOf = (n: number): string => {
    const map = scope[n];
    return map === null || map === undefined ? runEnd : iterationEnd(flow.nodes[map]!.node.id);
  };
  const late = (n: number): boolean => isJoin(flow, n) && joinRuleOf(flow, n).kind !== 'all';
  /** What settles when a node will not run, by node: of its outcomes, all die. */
  const dying: Counts[] = flow.nodes.map(() => new Map());

  const edgeDies = (into: Counts, e: number): void => {
    const to = targetOf(flow, e);
    if (!isJoin(flow, to)) {
      addAll(into, dying[to]!);
      return;
    }
    settle(into, idOf(flow, to), 0, 1);
    if (late(to)) settle(into, endOf(to), 0, 1);
  };
  const outcomeDies = (into: Counts, n: number, outcome: string): void => {
    const edges = flow.outOf[n]!.get(outcome);
    if (!edges) settle(into, endOf(n), 0, 1);
    for (const e of edges ?? []) edgeDies(into, e);
  };
  for (const n of order.toReversed()) for (const outcome of outcomesOf(flow, n)) outcomeDies(dying[n]!, n, outcome);

  const arcOf = (n: number, outcome: string): Arc => {
    const { start, counts } = taken(flow, flow.outOf[n]!.get(outcome), { end: endOf(n), endOf, late });
    for (const other of outcomesOf(flow, n)) if (other !== outcome) outcomeDies(counts, n, other);
    return { start, arrivals: listed(counts) };
  };

  return {
    arcs: flow.nodes.map((_, n) =>
      Object.fromEntries(
        outcomesOf(flow, n)
          .toSorted()
          .map((outcome) => [outcome, arcOf(n, outcome)]),
      ),
    ),
    bodies: flow.nodes.map(({ declaration, node }, n) => {
      if (!hasBody(declaration.kind)) return null;
      const { start, counts } = taken(flow, flow.outOf[n]!.get('each'), { end: iterationEnd(node.id), endOf, late });
      return { start, arrivals: listed(counts) };
    }),
    joins: joinTable(flow, order, { endOf, late, dying }),
    triggers: triggerTable(flow, order, dying),
  };
}

const idOf = (flow: Flow, n: number): string => flow.nodes[n]!.node.id;

type Ends = { end: string; endOf: (n: number) => string; late: (n: number) => boolean };

/** What starts and what settles when edges are taken; without edges, the end of the scope settles. */
function taken(flow: Flow, edges: readonly number[] | undefined, ends: Ends): { start: string[]; counts: Counts } {
  const { end, endOf, late } = ends;
  const counts: Counts = new Map();
  const start: string[] = [];
  if (!edges) settle(counts, end, 1, 0);
  for (const e of edges ?? []) {
    const to = targetOf(flow, e);
    if (!isJoin(flow, to)) {
      start.push(idOf(flow, to));
      continue;
    }
    settle(counts, idOf(flow, to), 1, 0);
    if (late(to)) settle(counts, endOf(to), 1, 0);
  }
  return { start: start.sort(), counts };
}

type Facts = { endOf: (n: number) => string; late: (n: number) => boolean; dying: Counts[] };

function joinTable(flow: Flow, order: number[], { endOf, late, dying }: Facts): Record<string, Join> {
  const joins: Record<string, Join> = {};
  const end = (id: string, edges: number): void => {
    const join = joins[id] ?? { rule: { kind: 'all' }, edges: 0, ifDead: [] };
    joins[id] = { ...join, edges: join.edges + edges };
  };
  end(runEnd, 0);
  for (const n of order) {
    const { declaration, node } = flow.nodes[n]!;
    const out = flow.outOf[n]!;
    end(endOf(n), outcomesOf(flow, n).filter((outcome) => !out.has(outcome)).length);
    if (hasBody(declaration.kind)) end(iterationEnd(node.id), out.has('each') ? 0 : 1);
    if (late(n)) end(endOf(n), flow.into[n]!.length);
    if (isJoin(flow, n))
      joins[node.id] = { rule: joinRuleOf(flow, n), edges: flow.into[n]!.length, ifDead: listed(dying[n]!) };
  }
  return Object.fromEntries(Object.entries(joins).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function triggerTable(flow: Flow, order: number[], dying: Counts[]): Folded['triggers'] {
  const triggers = order.filter((n) => flow.nodes[n]!.declaration.kind === 'trigger');
  return Object.fromEntries(
    triggers
      .map((n) => {
        const counts: Counts = new Map();
        for (const other of triggers) if (other !== n) addAll(counts, dying[other]!);
        return [flow.nodes[n]!.node.id, { arrivals: listed(counts) }] as const;
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Reports joins that wait for more branches than can arrive in one run. */
export function impossibleJoins(flow: Flow, { order }: Structure, { exclusive }: Guarantees): Diagnostic[] {
  return order.flatMap((n) => {
    const rule = joinRuleOf(flow, n);
    if (flow.nodes[n]!.declaration.kind !== 'join' || rule.kind !== 'count') return [];
    const most = mostTogether(flow.into[n]!, exclusive);
    if (rule.count <= most) return [];
    const { id } = flow.nodes[n]!.node;
    const message = `"${id}" waits for ${rule.count} branches, but at most ${most} can arrive in one run. Lower the number or connect branches that can run together.`;
    return [
      { code: 'JOIN_IMPOSSIBLE', severity: 'error', nodeId: id, field: 'config.count', message } satisfies Diagnostic,
    ];
  });
}

/** Beyond this many edges the exact search is not worth its time: then all are taken to be possible together. */
const exactUpTo = 16;

/** Size of the largest set of edges of which no two exclude each other. Sets are bits, so each is looked at once. */
function mostTogether(edges: readonly number[], exclusive: (a: number, b: number) => boolean): number {
  if (edges.length > exactUpTo) return edges.length;
  const against = edges.map((a) =>
    edges.reduce((set, b, bit) => (a !== b && exclusive(a, b) ? set | (1 << bit) : set), 0),
  );
  const known = new Map<number, number>([[0, 0]]);
  const most = (among: number): number => {
    const found = known.get(among);
    if (found !== undefined) return found;
    const first = 31 - Math.clz32(among);
    const others = among & ~(1 << first);
    const size = Math.max(most(others), 1 + most(others & ~against[first]!));
    known.set(among, size);
    return size;
  };
  return most((1 << edges.length) - 1);
}

function settle(into: Counts, join: string, taken: number, dead: number): void {
  const now = into.get(join) ?? { taken: 0, dead: 0 };
  into.set(join, { taken: now.taken + taken, dead: now.dead + dead });
}

function addAll(into: Counts, more: Counts): void {
  for (const [join, { taken, dead }] of more) settle(into, join, taken, dead);
}

function listed(counts: Counts): Arrivals {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([join, { taken, dead }]) => ({ join, taken, dead }));
}
