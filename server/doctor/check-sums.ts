import { query } from '#server/db/pool.ts';
import { type Finding, finding, ofRun, runName } from './finding.ts';

/** How many of the newest runs are looked at beside those that have not ended or cost something. */
const sample = 1_000;

/** What is kept twice agrees: spend of runs, steps and calls; counters of runs; numbers of events. */
export async function checkSums(): Promise<Finding[]> {
  return (await Promise.all([spend(), counters(), events()])).flat();
}

async function spend(): Promise<Finding[]> {
  const rows = await query<{ name: string; run: string; steps: string; calls: string }>(
    `with calls as (select run_id, sum(cost_micros) as micros from spend group by 1)
     select ${runName} as name, r.spend_micros::text as run, s.micros::text as steps, coalesce(c.micros, 0)::text as calls
       from run r left join calls c on c.run_id = r.id ${ofRun},
            lateral (select coalesce(sum(cost_micros) filter (where not inherited), 0) as micros from step where run_id = r.id) s
      where (r.spend_micros <> 0 or c.run_id is not null or r.id > (select max(id) from run) - $1) and (r.spend_micros <> s.micros or r.spend_micros <> coalesce(c.micros, 0))
      order by r.id limit 20`,
    [sample],
  );
  if (rows.length === 0) return [finding('spend', 'ok', { what: 'each run is the sum of its steps and of its calls' })];
  return rows.map(({ name, run, steps, calls }) =>
    finding('spend', 'wrong', {
      where: name,
      what: 'does not add up',
      why: `the run says ${run} micro-dollars, its steps ${steps}, its calls ${calls}`,
      todo: 'The calls are what was paid: compare them with the bill of the provider, and report this.',
    }),
  );
}

async function counters(): Promise<Finding[]> {
  const rows = await query<{ name: string; active: number; waiting: number; isActive: number; isWaiting: number }>(
    `select ${runName} as name, r.active, r.waiting, s.active as "isActive", s.waiting as "isWaiting"
       from live_run l join run r on r.id = l.run_id ${ofRun},
            lateral (select count(*) filter (where status <> 'waiting')::int as active, count(*) filter (where status = 'waiting')::int as waiting
                       from step where run_id = r.id and status in ('ready', 'running', 'waiting')) s
      where r.active <> s.active or r.waiting <> s.waiting order by r.id limit 20`,
  );
  if (rows.length === 0) return [finding('counters', 'ok', { what: 'each run counts the steps that it has' })];
  return rows.map(({ name, active, waiting, isActive, isWaiting }) =>
    finding('counters', 'wrong', {
      where: name,
      what: 'counts wrongly',
      why: `it says ${active} active and ${waiting} waiting steps, and has ${isActive} and ${isWaiting}`,
      todo: 'Cancel the run and start it again; report this.',
    }),
  );
}

async function events(): Promise<Finding[]> {
  const rows = await query<{ name: string; seq: number; events: number; last: number }>(
    `select ${runName} as name, r.seq, e.events, e.last
       from run r ${ofRun},
            lateral (select coalesce(sum(jsonb_array_length(x.events)), 0)::int as events, coalesce(max(x.seq), 0)::int as last, coalesce(bool_and(x.follows), true) as follow
                       from (select events, seq, seq - jsonb_array_length(events) = lag(seq, 1, 0) over (order by seq) as follows from run_event where run_id = r.id) x) e
      where r.pruned_at is null and (r.id > (select max(id) from run) - $1 or r.id in (select run_id from live_run))
        and (e.events <> r.seq or e.last <> r.seq or not e.follow)
      order by r.id limit 20`,
    [sample],
  );
  if (rows.length === 0)
    return [
      finding('events', 'ok', {
        what: `numbered without a gap in the newest ${sample} runs and in all that have not ended`,
      }),
    ];
  return rows.map(({ name, seq, events: stored, last }) =>
    finding('events', 'wrong', {
      where: name,
      what: 'has a gap in its events',
      why: `it has told ${seq}; ${stored} are stored, the last one is number ${last}`,
      todo: 'Its page may miss something; its steps are right. Report this.',
    }),
  );
}
