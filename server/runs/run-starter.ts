import type { Json } from '#nodes/core/json.ts';
import type { Transition } from '#nodes/core/step.ts';
import { query } from '#server/db/pool.ts';
import { processWide } from '#server/db/process-wide.ts';
import { createGroup, type Group } from '#server/engine/group.ts';
import { storable } from '#server/engine/storable.ts';
import type { RunMode, RunPart } from './types.ts';

/** A run that is to start, pinned to its program and graph. */
export type RunToStart = {
  projectId: string;
  pipelineId: string;
  graphId: string;
  programId: string;
  version: number | null;
  trigger: string;
  mode: RunMode;
  input: Json;
  requestKey: string | null;
  start: Pick<Transition, 'starts' | 'arrivals'>;
  pins?: Json;
  /** Which part of its pipeline it does; absent: all of it. */
  part?: RunPart;
  deadlineMs?: number;
};

/** `existing`: the request had been made before, and this is the run that it started. */
export type Started = { runId: string; ref: number; existing: boolean };

/** Starts runs; those that are asked for at the same time start with one commit. */
export function runStarter(): Group<RunToStart, Started> {
  return processWide('run-starter', () =>
    createGroup({
      flush: async (runs: RunToStart[]) => {
        const rows = await query<{ started: Started[] }>('select sg_start_runs($1::jsonb) as started', [
          storable(runs),
        ]);
        return rows[0]?.started ?? [];
      },
      most: 256,
      lanes: 1,
      divide: () => true,
    }),
  );
}
