import { pool } from '#server/db/pool.ts';
import type { Death } from '../rig/fleet.ts';

/**
 * How long after the death of a worker each step that it had taken began again, in milliseconds. A death while the
 * database was away counts from when that was back.
 */
export async function recoveries(
  runIds: readonly string[],
  deaths: readonly Death[],
  outages: readonly { from: number; to: number }[],
): Promise<number[]> {
  const { rows } = await pool().query<{ ms: number }>(
    `select extract(epoch from min(e.at) - d.at) * 1000 as ms
       from unnest($2::int[], $3::timestamptz[]) as d(pid, at)
       cross join lateral (select id from worker where pid = d.pid and started_at < d.at order by id desc limit 1) w
       join step_attempt a on a.worker = w.id and a.result = 'lost'
       join step s on s.id = a.step_id and s.run_id = any($1::bigint[])
       join run_event_each e on e.run_id = s.run_id and e.kind = 'step.started' and e.at > d.at
        and e.data->>'state' = s.state and e.data->>'path' = s.path
      group by a.step_id, a.attempt, d.at`,
    [
      runIds,
      deaths.map(({ pid }) => pid),
      deaths.map(({ at }) => new Date(outages.find(({ from, to }) => from <= at && at <= to)?.to ?? at)),
    ],
  );
  return rows.map(({ ms }) => Number(ms));
}

/** The value below which 95 of 100 are; 0 where there are none. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}
