import type { Pool } from 'pg';
import type { Program } from '#nodes/core/program.ts';
import type { Transition } from '#nodes/core/step.ts';
import type { RunFacts } from './run-cache.ts';

const delayMs = 500;

/**
 * A step fails for good: has the thresholds of its pipeline looked at a moment later. The job is there before the
 * failure is stored, so that none is missed; many failures at once are one look.
 */
export async function watchFailures(
  pool: Pool,
  { facts, program }: { facts: RunFacts; program: Program },
  transitions: Transition[],
): Promise<void> {
  if (program.settings.thresholds.length === 0 || facts.mode === 'test') return;
  if (!transitions.some(({ stepStatus }) => stepStatus === 'failed')) return;
  await pool.query(
    `select graphile_worker.add_job('check-thresholds', $1::json, run_at := now() + $2 * interval '1 ms', job_key := $3, job_key_mode := 'preserve_run_at')`,
    [
      JSON.stringify({ pipelineId: facts.pipelineId, programId: facts.programId }),
      delayMs,
      `thresholds:${facts.pipelineId}`,
    ],
  );
}
