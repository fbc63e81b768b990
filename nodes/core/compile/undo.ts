import type { Diagnostic } from '../diagnostics.ts';
import type { GraphEdge } from '../graph.ts';
import type { Flow, ResolvedNode } from './flow.ts';
import { effectOf } from './trust.ts';

/** The handle at which a node is drawn that takes back what another did. No node type has an outcome of this name. */
export const undoHandle = 'undo';

/** How the effect of a node that writes can be taken back. `offered`: it stays, and something is offered to mend it. */
export type Coverage = { nodeId: string; how: 'declared' | 'drawn' | 'offered' | 'none'; title: string };

/**
 * Takes the edges of the handle `undo` out of the flow: each leads from one node that writes to one node that stands
 * aside and has no other edge. `edges` are the flow's; answers those that remain, and the pairs.
 */
export function setAside(
  all: readonly GraphEdge[],
  byId: ReadonlyMap<string, ResolvedNode>,
): { edges: GraphEdge[]; undo: GraphEdge[]; diagnostics: Diagnostic[] } {
  const drawn = all.filter(({ outcome }) => outcome === undoHandle);
  if (drawn.length === 0) return { edges: [...all], undo: [], diagnostics: [] };
  const flowing = all.filter(({ outcome }) => outcome !== undoHandle);
  const led = new Set(flowing.map(({ to }) => to));
  const pairs = drawn.filter(({ from, to }) => from !== to && !led.has(to));
  const aside = new Set(pairs.map(({ to }) => to));
  const diagnostics = drawn.flatMap((edge, at) => {
    const why = misplaced(edge, { led, aside, before: drawn.slice(0, at), byId });
    return why === null ? [] : [report(edge, why)];
  });
  const leaving = flowing.filter(({ from }) => aside.has(from));
  return {
    edges: flowing.filter(({ from }) => !aside.has(from)),
    undo: pairs,
    diagnostics: [
      ...diagnostics,
      ...leaving.map((edge) =>
        report(edge, `"${edge.from}" runs only to undo, so nothing can follow it. Remove the edge to "${edge.to}".`),
      ),
    ],
  };
}

type Drawn = {
  /** Ids of nodes that edges of the flow lead to. */
  led: ReadonlySet<string>;
  aside: ReadonlySet<string>;
  before: readonly GraphEdge[];
  byId: ReadonlyMap<string, ResolvedNode>;
};

function misplaced({ from, to }: GraphEdge, { led, aside, before, byId }: Drawn): string | null {
  if (from === to) return `"${from}" cannot undo itself. Lead its "undo" to another node.`;
  if (led.has(to)) return `"${to}" is reached in the normal course too. Undo "${from}" by a node of its own.`;
  if (aside.has(from)) return `"${from}" itself runs only to undo; that cannot be undone. Remove the edge.`;
  if (before.some((other) => other.from === from))
    return `"${from}" has another "undo" already. Remove one of the two.`;
  if (before.some((other) => other.to === to))
    return `"${to}" undoes another node already. Give "${from}" one of its own.`;
  const [first, second] = [byId.get(from), byId.get(to)];
  if (first && !writes(first))
    return `"${from}" changes nothing outside, so there is nothing to undo. Remove the edge.`;
  if (second && second.declaration.kind !== 'task')
    return `"${to}" does nothing outside that could undo "${from}". Lead "undo" to an action.`;
  return null;
}

function report(edge: GraphEdge, message: string): Diagnostic {
  return {
    code: 'UNDO_MISPLACED',
    severity: 'error',
    edgeId: edge.id,
    nodeId: edge.from,
    field: 'outcome',
    message,
    fix: { title: 'Remove the edge', change: { kind: 'remove-edge', edgeId: edge.id } },
  };
}

function writes(resolved: ResolvedNode): boolean {
  const effect = effectOf(resolved);
  return effect === 'idempotent-write' || effect === 'unsafe-write';
}

/** For every node of the flow that writes: whether, and how, its effect can be taken back. In the graph's order. */
export function coverageOf(flow: Flow): Coverage[] {
  return flow.nodes.flatMap((resolved, n): Coverage[] => {
    if (flow.undoes.has(n) || !writes(resolved)) return [];
    const nodeId = resolved.node.id;
    const by = flow.undoneBy.get(n);
    if (by !== undefined) {
      const { node, declaration } = flow.nodes[by]!;
      return [{ nodeId, how: 'drawn', title: `${node.title ?? declaration.title} ("${node.id}")` }];
    }
    const declared = resolved.declaration.compensation?.(resolved.config) ?? null;
    if (!declared) return [{ nodeId, how: 'none', title: 'It cannot be undone.' }];
    return [{ nodeId, how: declared.reverts ? 'declared' : 'offered', title: declared.title }];
  });
}
