import { query } from '#server/db/pool.ts';
import { type Finding, finding } from './finding.ts';

type Job = { id: string; task: string; attempts: number; error: string | null; at: Date };

/** The queue: jobs that gave up, jobs that nobody takes, and jobs that are locked by nobody. */
export async function checkJobs(): Promise<Finding[]> {
  const columns = 'id::text, task_identifier as task, attempts, last_error as error';
  const gaveUp = await query<Job>(
    `select ${columns}, updated_at as at from graphile_worker.jobs where attempts >= max_attempts order by id limit 20`,
  );
  const due = await query<Job>(
    `select ${columns}, run_at as at from graphile_worker.jobs
      where run_at < now() - interval '1 minute' and attempts < max_attempts and locked_at is null order by run_at limit 1`,
  );
  const locked = await query<Job>(
    `select ${columns}, locked_at as at from graphile_worker.jobs
      where locked_at < now() - interval '10 seconds'
        and locked_by not in (select unnest(graphile_ids) from worker where stopped_at is null and dead_at is null) order by id limit 20`,
  );
  const findings = [...gaveUp.map(failed), ...due.map(late), ...locked.map(held)];
  return findings.length > 0 ? findings : [finding('jobs', 'ok', { what: 'none failed for good, none is late' })];
}

function failed({ id, task, attempts, error, at }: Job): Finding {
  return finding('jobs', 'wrong', {
    where: `job ${id} (${task})`,
    what: `gave up after ${attempts} attempts`,
    why: error?.split('\n')[0] ?? null,
    since: at,
    todo: `What it led to has been given another job. Mend the cause, then remove it: select graphile_worker.complete_jobs('{${id}}').`,
  });
}

function late({ id, task, error, at }: Job): Finding {
  return finding('jobs', 'wrong', {
    where: `job ${id} (${task})`,
    what: 'is due, and nobody takes it',
    why: error?.split('\n')[0] ?? null,
    since: at,
    todo: 'Workers are too few or too busy: npm run worker.',
  });
}

function held({ id, task, at }: Job): Finding {
  return finding('jobs', 'wrong', {
    where: `job ${id} (${task})`,
    what: 'is locked by a worker that is not alive',
    since: at,
    todo: `It is set free when that worker is declared dead. If it stays: update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = ${id}.`,
  });
}
