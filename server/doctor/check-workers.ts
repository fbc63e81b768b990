import { query } from '#server/db/pool.ts';
import { leaseMs, workerLockClass } from '#server/engine/timing.ts';
import { version } from '#server/version.ts';
import { type Finding, finding } from './finding.ts';

type Row = { id: string; host: string; pid: number; version: string; heartbeat: Date; gone: boolean };
type Work = { steps: number; jobs: number; since: Date | null };

/** Who works: whether a worker is alive, runs this version, and has left nothing behind. */
export async function checkWorkers(): Promise<Finding[]> {
  const rows = await query<Row>(
    `select id::text, host, pid, version, heartbeat_at as heartbeat, id in (select sg_dead_workers($1, $2)) as gone
       from worker where stopped_at is null and dead_at is null order by id`,
    [workerLockClass, leaseMs],
  );
  const alive = rows.filter(({ gone }) => !gone);
  return [
    ...(alive.length === 0 ? [nobody(await workThatWaits())] : alive.map(living)),
    ...rows.filter(({ gone }) => gone).map(goneUnnoticed),
  ];
}

const nameOf = ({ id, host, pid }: Row): string => `worker ${id} (${host}, process ${pid})`;

function living(row: Row): Finding {
  const where = nameOf(row);
  if (row.version === version) return finding('workers', 'ok', { where, what: 'alive', since: row.heartbeat });
  return finding('workers', 'wrong', {
    where,
    what: `runs version ${row.version}`,
    why: `this software is version ${version}`,
    todo: 'Stop it and start it from this version.',
  });
}

function goneUnnoticed(row: Row): Finding {
  return finding('workers', 'wrong', {
    where: nameOf(row),
    what: 'is gone, and nobody has taken back its steps',
    since: row.heartbeat,
    todo: 'Start a worker: it takes them back within seconds.',
  });
}

async function workThatWaits(): Promise<Work> {
  const [row] = await query<Work>(
    `select (select count(*)::int from live_run l join run r on r.id = l.run_id where r.active > 0 and r.paused_at is null) as steps,
            count(*)::int as jobs, min(run_at) as since from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`,
  );
  return row ?? { steps: 0, jobs: 0, since: null };
}

function nobody({ steps, jobs, since }: Work): Finding {
  const todo = 'npm start, or npm run worker.';
  if (steps === 0 && jobs === 0) return finding('workers', 'note', { what: 'none is alive; nothing is to be done' });
  const why = `${steps} runs and ${jobs} jobs wait for one`;
  return finding('workers', 'wrong', { what: 'none is alive', why, since, todo });
}
