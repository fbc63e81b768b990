import { closest } from '../cel/suggest.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { nodeErrorCodes } from '../errors.ts';
import type { Graph } from '../graph.ts';

type Wrong = { field: string; what: string; name: string; names: readonly string[]; nodeId?: string };

const mostFindings = 100;
/** Looking for the name that was meant takes time, and nobody mends so many one by one. */
const mostHints = 20;

/** Names in settings that nothing bears: error codes of retries, and nodes that thresholds count. */
export function checkSettings({ nodes, settings }: Graph): Diagnostic[] {
  const codes = new Set<string>(nodeErrorCodes);
  const ids = new Set(nodes.map(({ id }) => id));
  const retries = nodes.flatMap(({ id, retry }) =>
    (retry?.codes ?? []).flatMap((name, at): Wrong[] => {
      if (codes.has(name)) return [];
      return [{ field: `retry.codes[${at}]`, what: 'error code', name, names: nodeErrorCodes, nodeId: id }];
    }),
  );
  const thresholds = (settings?.thresholds ?? []).flatMap(({ nodes: counted }, t) =>
    counted.flatMap((name, at): Wrong[] => {
      if (ids.has(name)) return [];
      return [{ field: `settings.thresholds[${t}].nodes[${at}]`, what: 'node', name, names: [...ids] }];
    }),
  );
  return [...retries, ...thresholds].slice(0, mostFindings).map(invalid);
}

function invalid({ field, what, name, names, nodeId }: Wrong, at: number): Diagnostic {
  const near = at < mostHints ? closest(name, names) : null;
  const message = `There is no ${what} "${name}".${near === null ? ' Remove it.' : ` Did you mean "${near}"?`}`;
  return { code: 'SETTING_INVALID', severity: 'error', field, message, ...(nodeId === undefined ? {} : { nodeId }) };
}
