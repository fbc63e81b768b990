import type { Diagnostic } from '../diagnostics.ts';
import type { Flow } from './flow.ts';

/** Every map has a largest number of items, so that every run ends. */
export function checkBounds(flow: Flow): Diagnostic[] {
  return flow.nodes.flatMap(({ node, declaration, config }) =>
    declaration.kind === 'map' && maxItemsOf(config) === null
      ? [
          {
            code: 'MAP_UNBOUNDED',
            severity: 'error',
            nodeId: node.id,
            field: 'config.maxItems',
            message: `"${node.id}" has no bound, so nobody can say what a run may do or cost. Set the largest number of items.`,
          } satisfies Diagnostic,
        ]
      : [],
  );
}

/** The bound of a map's configuration, or null. */
export function maxItemsOf(config: unknown): number | null {
  return (config as { maxItems?: number | null }).maxItems ?? null;
}
