import type { WaitReason } from '#nodes/core/step.ts';
import { readConsistently } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { type WaitingStep, whyStep } from './why-step.ts';
import type { RunWhy } from './why-types.ts';

type Run = { status: string; active: number; running: number; paused: boolean; undo: string | null; workers: number };
type Row = Omit<WaitingStep, 'paused' | 'workersAlive' | 'waiting' | 'now'> & {
  waiting: WaitReason | null;
  since: Date | null;
  wakeAt: Date | null;
};

const mostSteps = 200;

/** "Why is this not moving?": what each step that does not run waits for, and what holds the run as a whole. Errors: NOT_FOUND. */
export async function whyRun(scope: Scope, runId: string): Promise<RunWhy> {
  return await readConsistently(async (query) => {
    const runs = await query<Run>(
      `select r.status, r.active, r.paused_at is not null as paused, r.undo,
              (select count(*)::int from step s where s.run_id = r.id and s.status = 'running') as running,
              (select count(*)::int from worker w where w.dead_at is null and w.stopped_at is null and w.heartbeat_at > now() - interval '30 s') as workers
         from run r where r.id = $1 and r.project_id = $2`,
      [runId, scope.projectId],
    );
    const run = found(runs[0], `The run ${runId}`);
    // A map that waits for its items comes last: what it waits for is told by their steps.
    const rows = await query<Row>(
      `select s.state, s.path, s.status, s.waiting, s.wake_at as "wakeAt", k.id as "taskId",
              coalesce((select max(a.ended_at) from step_attempt a where a.step_id = s.id and a.attempt = s.attempt and s.status = 'waiting'), s.created_at) as since,
              coalesce((select string_agg(u.why, '; ') from sg_stuck u where u.step_id = s.id), '') as stuck
         from step s left join lateral (select id from task where step_id = s.id and status = 'open' order by created_at desc limit 1) k on true
        where s.run_id = $1 and s.status in ('ready', 'waiting') and s.state not like '$end%'
        order by k.id is null, s.waiting->>'kind' in ('items', 'passes'), s.id limit ${mostSteps}`,
      [runId],
    );
    const around = { paused: run.paused, workersAlive: run.workers, now: Date.now() };
    const steps = rows.map((row) => whyStep({ ...row, ...around }));
    return { runId, status: run.status, moving: run.running > 0, ...whole(run), workersAlive: run.workers, steps };
  });
}

/** About the run as a whole. */
function whole({ status, active, running, paused, undo, workers }: Run): { summary: string; moves: string } {
  if (undo === 'undoing')
    return workers === 0
      ? { summary: 'It is being undone, but no worker is alive to do it.', moves: 'Start a worker.' }
      : { summary: 'It is being undone.', moves: 'The undo goes on by itself.' };
  switch (status) {
    case 'completed':
      return { summary: 'It has ended: completed.', moves: 'Nothing. Fork it from a checkpoint to go another way.' };
    case 'failed':
      return { summary: 'It has ended: failed.', moves: 'Retry it from what failed, fork it, or undo it.' };
    case 'cancelled':
      return { summary: 'It has ended: cancelled.', moves: 'Fork it or rewind it to a checkpoint, or undo it.' };
  }
  if (paused)
    return {
      summary: running > 0 ? 'It is paused: what runs may finish, nothing else begins.' : 'It is paused.',
      moves: 'Resume it.',
    };
  if (workers === 0 && active > 0)
    return {
      summary: 'No worker is alive, so nothing runs.',
      moves: 'Start the product, or a worker: solograph worker.',
    };
  if (running > 0) return { summary: `${running} of its steps are running.`, moves: 'It moves by itself.' };
  if (active > 0) return { summary: 'Its next step is queued for a worker.', moves: 'It moves by itself.' };
  return { summary: 'All of its steps wait.', moves: 'What each of them waits for is told below.' };
}
