import type { NodeKind } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { type Flow, hasBody } from './flow.ts';

/** Every map has a largest number of items and every loop of passes, so that every run ends. */
export function checkBounds(flow: Flow): Diagnostic[] {
  return flow.nodes.flatMap(({ node, declaration, config }) =>
    hasBody(declaration.kind) && boundOf(declaration.kind, config) === null
      ? [unbounded(node.id, declaration.kind)]
      : [],
  );
}

function unbounded(nodeId: string, kind: NodeKind): Diagnostic {
  const isLoop = kind === 'loop';
  return {
    code: isLoop ? 'LOOP_UNBOUNDED' : 'MAP_UNBOUNDED',
    severity: 'error',
    nodeId,
    field: isLoop ? 'config.maxPasses' : 'config.maxItems',
    message: `"${nodeId}" has no bound, so nobody can say what a run may do or cost. Set the largest number of ${isLoop ? 'passes' : 'items'}.`,
  };
}

/** The bound in the configuration of a map, a loop or an agent, or null. */
export function boundOf(kind: NodeKind, config: unknown): number | null {
  const read = config as { maxItems?: number | null; maxPasses?: number | null; maxCalls?: number | null };
  return { loop: read.maxPasses, agent: read.maxCalls }[kind as string] ?? read.maxItems ?? null;
}

/** How many items may fail before the whole fails: 0 stops at the first, null collects all. A loop stops at the first; a model is told. */
export function toleratesOf(kind: NodeKind, config: unknown): number | null {
  const { onItemError, tolerate } = config as { onItemError?: string; tolerate?: number };
  if (kind === 'loop' || onItemError === 'stop') return 0;
  return onItemError === 'tolerate' ? (tolerate ?? 0) : null;
}
