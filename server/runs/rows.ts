import type { NodeFailure } from '#nodes/core/errors.ts';
import type { RunMode, RunPart, RunRow, RunStatus, RunUndo } from './types.ts';

/** A run as `runColumns` select it. */
export type StoredRun = {
  id: string;
  ref: number;
  pipelineId: string;
  pipelineName: string;
  version: number | null;
  mode: RunMode;
  trigger: string;
  part: RunPart | null;
  status: RunStatus;
  waitingFor: string[];
  spendMicros: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  failure: NodeFailure | null;
  pausedAt: Date | null;
  undo: RunUndo | null;
};

/**
 * Columns of a run `r` of pipeline `p`. What it waits for is asked for runs that do wait only, and of one step of each
 * kind; a map or a loop that waits for what it repeats is at work and not named.
 */
export const runColumns = `r.id::text as id, r.ref, r.pipeline_id as "pipelineId", p.name as "pipelineName", r.version, r.mode,
  r.trigger, r.part, r.status, r.spend_micros::text as "spendMicros", r.created_at as "createdAt", r.started_at as "startedAt",
  r.ended_at as "endedAt", r.failure, r.paused_at as "pausedAt", r.undo,
  case when r.waiting = 0 then '{}' else array(
    select distinct s.waiting->>'kind' from step s
     where s.run_id = r.id and s.status = 'waiting' and s.waiting->>'kind' not in ('items', 'passes') order by 1) end as "waitingFor"`;

/** Brings a stored run into the form that lists show. */
export function toRunRow(row: StoredRun): RunRow {
  return {
    id: row.id,
    ref: row.ref,
    pipelineId: row.pipelineId,
    pipelineName: row.pipelineName,
    version: row.version,
    mode: row.mode,
    trigger: row.trigger,
    part: row.part,
    status: row.status,
    waitingFor: row.waitingFor,
    spendMicros: Number(row.spendMicros),
    createdAt: row.createdAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    failure: row.failure,
    pausedAt: row.pausedAt?.getTime() ?? null,
    undo: row.undo,
  };
}
