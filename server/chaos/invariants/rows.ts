/** What must never be found in the database when a scenario is over. Each statement answers one text per violation; $1: the runs. */
export type RowInvariant = { name: string; title: string; sql: string };

const text = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim();

export const rowInvariants: readonly RowInvariant[] = [
  {
    name: 'ended',
    title: 'Every run has reached one terminal state',
    sql: text(`select 'run ' || id || ' is ' || status from run where id = any($1) and not sg_terminal(status)`),
  },
  {
    name: 'gapless',
    title: '`seq` of the events is gapless from 1 and ends at that of the run',
    sql: text(`select 'run ' || r.id || ' has ' || count(e.seq) || ' events up to ' || coalesce(max(e.seq), 0) || ', the run says ' || r.seq
      from run r left join run_event_each e on e.run_id = r.id where r.id = any($1)
      group by r.id having count(e.seq) <> r.seq or max(e.seq) <> r.seq or count(distinct e.seq) <> r.seq`),
  },
  {
    name: 'one-success',
    title: 'A step has at most one success',
    sql: text(`select 'run ' || run_id || ' step ' || (data->>'state') || ' at "' || (data->>'path') || '" ended ' || count(*) || ' times'
      from run_event_each where run_id = any($1) and kind in ('step.done', 'step.failed')
      group by run_id, data->>'state', data->>'path' having count(*) > 1`),
  },
  {
    name: 'no-repeat',
    title: 'No step that was committed ran again',
    sql: text(`select 'run ' || s.run_id || ' step ' || (s.data->>'state') || ' began at event ' || s.seq || ' after it was done at ' || d.seq
      from run_event_each d join run_event_each s on s.run_id = d.run_id and s.kind = 'step.started' and s.seq > d.seq
        and s.data->>'state' = d.data->>'state' and s.data->>'path' = d.data->>'path'
      where d.run_id = any($1) and d.kind in ('step.done', 'step.failed')`),
  },
  {
    name: 'joins-once',
    title: 'Each join fired once, and settled no more edges than it has',
    sql: text(`select 'run ' || j.run_id || ' join ' || j."join" || ' settled ' || j.settled || ', taken ' || j.taken
      from join_count j join run r on r.id = j.run_id join program g on g.id = r.program_id
      where j.run_id = any($1) and (j.settled > (g.ir->'joins'->j."join"->>'edges')::int or j.taken > j.settled)
      union all
      select 'run ' || s.run_id || ' join ' || s.state || ' fired ' || count(*) || ' times'
      from step s join run r on r.id = s.run_id join program g on g.id = r.program_id
      where s.run_id = any($1) and g.ir->'joins' ? s.state group by s.run_id, s.state, s.path having count(*) > 1`),
  },
  {
    name: 'no-orphan-job',
    title: 'No job is left over, and none has given up',
    sql: text(`select 'job ' || t.identifier || ' ' || j.payload::text || ' after ' || j.attempts || ' attempts: ' || coalesce(left(j.last_error, 300), 'it was never taken up')
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier in ('advance', 'call', 'child-ended', 'cancel-children') and (j.run_at <= now() or j.attempts >= j.max_attempts)`),
  },
  {
    name: 'counters',
    title: '`active` and `waiting` of a run are the numbers of its steps',
    sql: text(`select 'run ' || r.id || ' says ' || r.active || ' active and ' || r.waiting || ' waiting; its steps say ' || c.active || ' and ' || c.waiting
      from run r cross join lateral (select count(*) filter (where status in ('ready', 'running')) as active, count(*) filter (where status = 'waiting') as waiting
        from step where run_id = r.id) c
      where r.id = any($1) and (r.active <> c.active or r.waiting <> c.waiting)`),
  },
  {
    name: 'not-stuck',
    title: 'No step runs without a live lease, none waits without a stored reason (`sg_stuck`)',
    sql: text(
      `select 'run ' || run_id || ' ' || coalesce(state, '') || ': ' || why from sg_stuck where run_id = any($1)`,
    ),
  },
  {
    name: 'live-list',
    title: 'Exactly the runs that have not ended are listed as live',
    sql: text(`select 'run ' || r.id || ' is ' || r.status || case when sg_terminal(r.status) then ' and' else ' and not' end || ' listed as live'
      from run r where r.id = any($1) and exists (select from live_run where run_id = r.id) = sg_terminal(r.status)`),
  },
  {
    name: 'leases',
    title: 'Only running steps hold a lease; nothing waits for an event or a decision that it does not await',
    sql: text(`select 'run ' || run_id || ' step ' || state || ' is ' || status || ' under lease ' || lease from step where run_id = any($1) and status <> 'running' and lease is not null
      union all select 'run ' || t.run_id || ' task ' || t.id || ' is open for a step that is ' || s.status
        from task t join step s on s.id = t.step_id where t.run_id = any($1) and t.status = 'open' and s.status <> 'waiting'
      union all select 'run ' || s.run_id || ' step ' || s.state || ' is ' || s.status || ' and still listed as waiting for an event'
        from event_waiter w join step s on s.id = w.step_id where s.run_id = any($1) and s.status <> 'waiting'`),
  },
  {
    name: 'items',
    title: 'A map that is done has the result of each item once',
    sql: text(`select 'run ' || m.run_id || ' map ' || s.state || ': ' || m.finished || ' of ' || m.total || ' finished, ' || c.ended || ' of ' || c.items || ' with a result'
      from map_run m join step s on s.id = m.step_id
      cross join lateral (select count(*) as items, count(outcome) as ended, count(*) filter (where outcome = 'error') as failed from map_item where step_id = m.step_id) c
      where m.run_id = any($1) and s.status = 'done' and (m.finished <> m.total or c.items <> m.total or c.ended <> m.total or c.failed <> m.failed)`),
  },
  {
    name: 'spend',
    title: 'What a run and its steps have spent is the sum of what was paid',
    sql: text(`select 'run ' || r.id || ' spent ' || r.spend_micros || ', its steps ' || s.micros || ', paid was ' || p.micros
      from run r cross join lateral (select coalesce(sum(cost_micros), 0) as micros from step where run_id = r.id) s
      cross join lateral (select coalesce(sum(cost_micros), 0) as micros from spend where run_id = r.id) p
      where r.id = any($1) and (r.spend_micros <> s.micros or r.spend_micros <> p.micros)`),
  },
  {
    name: 'records',
    title: 'Entities and memory were written once for each step that wrote them',
    sql: text(`select 'run ' || s.run_id || ' step ' || s.state || ' wrote ' || c.n || ' times'
      from step s cross join lateral (select (select count(*) from entity_change where effect_key like s.run_id || ':' || s.state || ':%')
        + (select count(*) from memory_item where run_id = s.run_id and effect_key like s.run_id || ':' || s.state || ':%') as n) c
      where s.run_id = any($1) and s.state in ('save', 'note') and (s.status = 'done' and c.n <> 1 or c.n > 1)`),
  },
  {
    name: 'children',
    title: 'A called run has ended when its caller has',
    sql: text(`select 'run ' || c.id || ' is ' || c.status || ' although its caller has ended' from run c join step s on s.id = c.parent_step_id
      where s.run_id = any($1) and not sg_terminal(c.status)`),
  },
];
