import { query } from '#server/db/pool.ts';
import type { RunEvent, RunEventKind } from './types.ts';

/** Events of one run in one message; more follow in the next. */
export const eventsAtOnce = 500;

export type NewEvents = { runId: string; ref: number; pipelineId: string; ended: boolean; events: RunEvent[] };

type Row = { runId: string; ref: number; pipelineId: string; seq: number; kind: RunEventKind; at: Date; data: object };

const ending = new Set<RunEventKind>(['run.completed', 'run.failed', 'run.cancelled', 'run.undone']);

/** What happened to some runs of a project since the events that are known of each, in order; at most 500 of each. */
export async function readEvents(projectId: string, followed: ReadonlyMap<string, number>): Promise<NewEvents[]> {
  if (followed.size === 0) return [];
  const rows = await query<Row>(
    `select r.id::text as "runId", r.ref, r.pipeline_id as "pipelineId", e.seq, e.kind, e.at, e.data
       from unnest($1::bigint[], $2::int[]) as c(run_id, seq) join run r on r.id = c.run_id and r.seq > c.seq and r.project_id = $4
       cross join lateral (
         select * from run_event_each where run_id = c.run_id and seq > c.seq order by seq limit $3) e
      order by r.id, e.seq`,
    [[...followed.keys()], [...followed.values()], eventsAtOnce, projectId],
  );
  const byRun = new Map<string, NewEvents>();
  for (const { runId, ref, pipelineId, seq, kind, at, data } of rows) {
    const found = byRun.get(runId) ?? { runId, ref, pipelineId, ended: false, events: [] };
    byRun.set(runId, found);
    found.events.push({ seq, kind, at: at.getTime(), data } as RunEvent);
    found.ended ||= ending.has(kind);
  }
  return [...byRun.values()];
}
