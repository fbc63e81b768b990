import type { Diagnostic } from '../diagnostics.ts';
import { type Flow, hasBody, sourceOf, targetOf } from './flow.ts';

export type Structure = {
  /** Reachable nodes in topological order; those on a cycle are missing. */
  order: number[];
  /** Nodes that take back what a node in `order` did: no part of the flow. */
  aside: number[];
  /** Position of the map or loop whose body a node belongs to, or null; by node. */
  scope: (number | null)[];
  diagnostics: Diagnostic[];
};

/** Finds the order in which nodes can run and which map body each belongs to; reports what no trigger reaches, cycles and bodies that leak. */
export function structure(flow: Flow): Structure {
  const reached = reachable(flow);
  const order = topological(flow, reached);
  const { scope, diagnostics } = scopes(flow, order);
  const aside = [...flow.undoneBy].flatMap(([first, by]) => (reached.has(first) ? [by] : []));
  for (const by of aside) scope[by] = scope[flow.undoes.get(by)!]!;
  return {
    order,
    aside,
    scope,
    diagnostics: [...triggers(flow), ...unreachable(flow, reached), ...cycles(flow, reached, order), ...diagnostics],
  };
}

function triggers(flow: Flow): Diagnostic[] {
  if (flow.nodes.some(({ declaration }) => declaration.kind === 'trigger')) return [];
  return [
    {
      code: 'NO_TRIGGER',
      severity: 'error',
      message: 'Nothing starts this pipeline. Add a trigger, for example "Start by hand".',
    },
  ];
}

function reachable(flow: Flow): Set<number> {
  const seen = new Set<number>();
  const open = flow.nodes.flatMap(({ declaration }, n) => (declaration.kind === 'trigger' ? [n] : []));
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    if (seen.has(n)) continue;
    seen.add(n);
    for (const edges of flow.outOf[n]!.values()) for (const e of edges) open.push(targetOf(flow, e));
  }
  return seen;
}

function unreachable(flow: Flow, reached: Set<number>): Diagnostic[] {
  return flow.nodes.flatMap(({ node }, n) =>
    reached.has(n) || flow.undoes.has(n)
      ? []
      : [
          {
            code: 'UNREACHABLE_NODE',
            severity: 'error',
            nodeId: node.id,
            message: `No path from a trigger leads to "${node.id}". Connect it or remove it.`,
            fix: { title: 'Remove the node', change: { kind: 'remove-node', nodeId: node.id } },
          } satisfies Diagnostic,
        ],
  );
}

/** Kahn's algorithm over the reachable part (A. B. Kahn, 1962). */
function topological(flow: Flow, reached: Set<number>): number[] {
  const missing = flow.into.map((edges) => edges.filter((e) => reached.has(sourceOf(flow, e))).length);
  const order = [...reached].filter((n) => missing[n] === 0).sort((a, b) => a - b);
  for (let at = 0; at < order.length; at += 1) {
    for (const edges of flow.outOf[order[at]!]!.values()) {
      for (const e of edges) {
        const to = targetOf(flow, e);
        missing[to]! -= 1;
        if (missing[to] === 0) order.push(to);
      }
    }
  }
  return order;
}

/** One diagnostic for each edge that closes a cycle, found by depth-first search. */
function cycles(flow: Flow, reached: Set<number>, order: number[]): Diagnostic[] {
  const ordered = new Set(order);
  const rest = [...reached].filter((n) => !ordered.has(n));
  const state = new Map<number, 'open' | 'closed'>();
  const found: Diagnostic[] = [];
  for (const root of rest) {
    const stack: { n: number; edges: number[] }[] = [];
    const enter = (n: number): void => {
      state.set(n, 'open');
      stack.push({ n, edges: [...flow.outOf[n]!.values()].flat() });
    };
    if (!state.has(root)) enter(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const e = top.edges.pop();
      if (e === undefined) {
        state.set(top.n, 'closed');
        stack.pop();
        continue;
      }
      const to = targetOf(flow, e);
      if (!state.has(to)) enter(to);
      else if (state.get(to) === 'open') found.push(cycle(flow, e));
    }
  }
  return found;
}

function cycle(flow: Flow, e: number): Diagnostic {
  const edge = flow.edges[e]!;
  return {
    code: 'CYCLE_WITHOUT_LOOP',
    severity: 'error',
    edgeId: edge.id,
    nodeId: edge.from,
    message: `The edge from "${edge.from}" to "${edge.to}" closes a cycle, which could run for ever. Remove it; repeat with a Repeat or a For each.`,
    fix: { title: 'Remove the edge', change: { kind: 'remove-edge', edgeId: edge.id } },
  };
}

/** A node belongs to the body that its incoming edges come from; where they disagree, to the outermost, and the others leak. */
function scopes(flow: Flow, order: number[]): { scope: (number | null)[]; diagnostics: Diagnostic[] } {
  const scope: (number | null)[] = flow.nodes.map(() => null);
  const depth = flow.nodes.map(() => 0);
  const diagnostics: Diagnostic[] = [];
  const comesFrom = (e: number): number | null => {
    const from = sourceOf(flow, e);
    return hasBody(flow.nodes[from]!.declaration.kind) && flow.edges[e]!.outcome === 'each' ? from : scope[from]!;
  };
  const depthOf = (map: number | null): number => (map === null ? 0 : depth[map]! + 1);
  for (const n of order) {
    const edges = flow.into[n]!;
    const origins = edges.map(comesFrom);
    const home = origins.reduce(
      (outer, origin) => (depthOf(origin) < depthOf(outer) ? origin : outer),
      origins[0] ?? null,
    );
    scope[n] = home;
    depth[n] = depthOf(home);
    edges.forEach((e, i) => {
      if (origins[i] !== home) diagnostics.push(leak(flow, e, origins[i]!));
    });
  }
  return { scope, diagnostics };
}

function leak(flow: Flow, e: number, body: number): Diagnostic {
  const edge = flow.edges[e]!;
  const { node, declaration } = flow.nodes[body]!;
  const often = { loop: 'in each pass of', agent: 'as a tool of' }[declaration.kind as string] ?? 'once per item of';
  return {
    code: 'MAP_BODY_ESCAPES',
    severity: 'error',
    edgeId: edge.id,
    nodeId: edge.from,
    message: `"${edge.from}" runs ${often} "${node.id}", "${edge.to}" does not. Continue from the outcome "done" of "${node.id}" instead.`,
    fix: { title: 'Remove the edge', change: { kind: 'remove-edge', edgeId: edge.id } },
  };
}
