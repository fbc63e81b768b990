import type { Json } from '#nodes/core/json.ts';
import { innermost } from '#nodes/core/program.ts';
import type { Query } from '#server/db/pool.ts';
import { shortText } from './short-text.ts';

type At = { runId: string; path: string };

/** Short texts of the items that steps work on; empty outside a map. */
export async function itemLabels(query: Query, steps: readonly At[]): Promise<(step: At) => string> {
  const key = ({ runId, path }: At): string => `${runId} ${path}`;
  const distinct = [...new Map(steps.map((step) => [key(step), step])).values()].flatMap(({ runId, path }) => {
    const at = innermost(path);
    return at ? [{ runId, path, ...at }] : [];
  });
  if (distinct.length === 0) return () => '';
  const rows = await query<At & { value: Json }>(
    `select x.run::text as "runId", x.path, i.value
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[]) as x(run, path, map, parent, index)
       join step s on s.run_id = x.run and s.state = x.map and s.path = x.parent
       join map_item i on i.step_id = s.id and i.index = x.index`,
    [
      distinct.map((at) => at.runId),
      distinct.map((at) => at.path),
      distinct.map((at) => at.mapId),
      distinct.map((at) => at.parent),
      distinct.map((at) => at.index),
    ],
  );
  const labels = new Map(rows.map((row) => [key(row), shortText(row.value)]));
  return (step) => labels.get(key(step)) ?? '';
}
