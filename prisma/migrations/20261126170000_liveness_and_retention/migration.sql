-- What notices that something will not move, and moves it; and what removes what is kept no longer.

-- Steps that wait for a time, of which there are few among all. The column does not change while a step goes its way, so
-- that updates of the hot path stay on their page all the same.
create index step_wake_idx on step (wake_at) where wake_at is not null;

-- When the values of a run were pruned; run.pruned_at says when its events were.
alter table run add column values_pruned_at timestamptz(3);

-- Steps that a job leads to, or will at its time. A job that has given up leads nowhere. In plpgsql, because the tables of the
-- queue are made after these migrations.
create function sg_job_steps() returns setof bigint language plpgsql stable as $$
begin
  return query select x.id::bigint from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id,
                      json_array_elements_text(j.payload->'stepIds') as x(id)
                where t.identifier = 'advance' and j.attempts < j.max_attempts;
end $$;

-- Whether a job of this name with this payload is there and has not given up.
create function sg_has_job(p_task text, p_member text, p_id text) returns boolean language plpgsql stable as $$
begin
  return exists (select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
                  where t.identifier = p_task and j.payload->>p_member = p_id and j.attempts < j.max_attempts);
end $$;

-- Takes steps back from a worker that does not serve them any more: they are ready again, with jobs. Those that it was at
-- without a lease are ready still and get jobs too; of all others somebody else takes care. Answers the runs of those taken back.
create function sg_take_back_all(p_worker bigint, p_steps bigint[]) returns bigint[] language plpgsql as $$
declare v_steps bigint[] := '{}'; v_runs bigint[] := '{}'; v record;
begin
  perform 1 from run where id in (select run_id from step where id = any(p_steps)) order by id for update;
  for v in
    with back as (
      update step set status = 'ready', lease = null where id = any(p_steps) and status = 'running' and lease = p_worker returning *),
    lost as (
      insert into step_attempt (step_id, attempt, worker, started_at, ended_at, result)
      select id, attempt, p_worker, coalesce(attempt_at, now()), now(), 'lost' from back
      on conflict (step_id, attempt) do update set ended_at = now(), result = 'lost')
    select run_id, array_agg(id order by id) as steps, jsonb_agg(sg_event('step.ready', jsonb_build_object('state', state, 'path', path)) order by id) as events
      from back group by run_id order by run_id loop
    perform sg_close(v.run_id, v.events, '{"claimed": true}');
    v_steps := v_steps || v.steps;
    v_runs := v_runs || v.run_id;
  end loop;
  perform sg_add_jobs(v_steps || array(
    select s.id from step s join run r on r.id = s.run_id
     where s.id = any(p_steps) and s.id <> all(v_steps) and s.status = 'ready' and r.paused_at is null and not sg_terminal(r.status)), now());
  return v_runs;
end $$;

drop function sg_take_back(bigint, bigint, bigint);
drop function sg_adopt_orphans();

drop view sg_stuck;
-- The invariant: no step running without a live lease, none waiting without a stored reason and, where the reason has a
-- time, a wake time; nothing waiting for what will not come. Always empty. A paused run is not stuck: somebody paused it.
-- What the workers mend by themselves within seconds is named once it has lasted.
create view sg_stuck as
  with live as (
    select r.id as live_run_id, r.paused_at, s.*, coalesce(a.ended_at, s.attempt_at, s.created_at) as since, s.waiting->>'kind' as kind
      from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id and s.status in ('ready', 'running', 'waiting')
      left join step_attempt a on a.step_id = s.id and a.attempt = s.attempt and s.status <> 'running')
  select v.id as step_id, v.run_id, v.state, v.path, v.status, x.why, x.stuck as kind, v.since
    from live v, lateral (
      select 'no-lease', 'running without a live worker'
       where v.status = 'running' and not exists (select from worker w where w.id = v.lease and w.dead_at is null and w.stopped_at is null)
      union all select 'no-reason', 'waiting without a reason' where v.status = 'waiting' and v.waiting is null
      union all select 'no-wake', 'waiting for a time that is not stored' where v.status = 'waiting' and v.waiting->>'untilMs' is not null and v.wake_at is null
      union all select 'no-job', case v.status when 'ready' then 'ready, and no job leads to it' else 'its time has come, and no job leads to it' end
       where v.paused_at is null and (v.status = 'ready' and v.since < now() - interval '10 seconds' or v.status = 'waiting' and v.wake_at < now() - interval '10 seconds')
         and v.id not in (select sg_job_steps())
      union all select 'no-task', 'waiting for a decision that nobody is asked for'
       where v.status = 'waiting' and v.kind in ('approval', 'decision', 'failure') and not exists (select from task where step_id = v.id and task.status = 'open')
      union all select 'no-waiter', 'waiting for an event that would not find it'
       where v.status = 'waiting' and v.kind = 'event' and not exists (select from event_waiter where step_id = v.id)
      union all select 'no-child', 'waiting for a run that does not exist'
       where v.status = 'waiting' and v.kind = 'child' and v.since < now() - interval '10 seconds' and not exists (select from run c where c.parent_step_id = v.id)
         and not sg_has_job('call', 'stepId', v.id::text)
      union all select 'child-ended', 'waiting for a run that has ended'
       where v.status = 'waiting' and v.kind = 'child' and exists (select from run c where c.parent_step_id = v.id)
         and not exists (select from run c where c.parent_step_id = v.id and (not sg_terminal(c.status) or c.ended_at > now() - interval '10 seconds' or sg_has_job('child-ended', 'runId', c.id::text)))
      union all select 'no-items', 'waiting for iterations of which none is under way'
       where case when v.status = 'waiting' and v.kind in ('items', 'passes') then
               not exists (select from step i where i.run_id = v.run_id and i.status in ('ready', 'running', 'waiting')
                             and starts_with(i.path, case when v.path = '' then '' else v.path || '/' end || v.state || ':')) end) as x(stuck, why)
  union all
  select null, r.id, null, null, r.status, x.why, x.stuck, x.since
    from live_run l join run r on r.id = l.run_id, lateral (
      select 'nothing-left', 'nothing of it is ready, running or waiting', coalesce(r.started_at, r.created_at)
       where not exists (select from step s where s.run_id = r.id and s.status in ('ready', 'running', 'waiting'))
      union all select 'overdue', 'longer under way than its pipeline allows', r.deadline_at where r.deadline_at < now() - interval '10 seconds') as x(stuck, why, since)
  union all
  select i.step_id, u.run_id, i.state, i.path, i.status, 'being undone without a live worker', 'undo-no-lease', u.created_at
    from undo_item i join undo u on u.id = i.undo_id
   where i.status = 'running' and not exists (select from worker w where w.id = i.lease and w.dead_at is null and w.stopped_at is null)
  union all
  select null, u.run_id, null, null, u.status, 'to be undone, and no job leads to it', 'undo-no-job', u.created_at
    from undo u where u.status = 'running' and u.created_at < now() - interval '10 seconds' and not sg_has_job('undo', 'undoId', u.id::text)
     and not exists (select from undo_item i where i.undo_id = u.id and i.status = 'running');

-- What stands in the place of a pruned value.
create function sg_pruned(p_value jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('pruned', true, 'sha256', encode(sha256(convert_to(p_value::text, 'UTF8')), 'hex'), 'bytes', octet_length(p_value::text))
$$;

-- Removes the events of the next ended runs of a project, in the order of their ids after p_after. Takes no lock that anybody
-- waits for: a run that somebody works on is left for the next time. Joins of a run that has ended are never looked at again.
-- Answers {runs, events, last}; with p_dry nothing is removed.
create function sg_prune_events(p_project uuid, p_before timestamptz, p_after bigint, p_limit int, p_dry boolean) returns jsonb language plpgsql as $$
declare v_runs bigint[]; v_events int;
begin
  v_runs := array(select id from run where project_id = p_project and id > p_after and pruned_at is null and ended_at < p_before
                     and status in ('completed', 'failed', 'cancelled') and undo is distinct from 'undoing' order by id limit p_limit for update skip locked);
  if p_dry then
    select coalesce(sum(jsonb_array_length(events)), 0) into v_events from run_event where run_id = any(v_runs);
  else
    with gone as (delete from run_event where run_id = any(v_runs) returning events)
    select coalesce(sum(jsonb_array_length(events)), 0) into v_events from gone;
    delete from join_count where run_id = any(v_runs);
    update run set pruned_at = now() where id = any(v_runs);
  end if;
  return jsonb_build_object('runs', cardinality(v_runs), 'events', v_events, 'last', v_runs[cardinality(v_runs)]::text);
end $$;

-- Likewise for values of more than p_bytes. A hash and the size stay in the place of each.
-- Answers {runs, values, bytes, last}.
create function sg_prune_values(p_project uuid, p_before timestamptz, p_after bigint, p_limit int, p_bytes int, p_dry boolean) returns jsonb language plpgsql as $$
declare v_runs bigint[]; v_values bigint; v_bytes bigint;
begin
  v_runs := array(select id from run where project_id = p_project and id > p_after and values_pruned_at is null and ended_at < p_before
                     and status in ('completed', 'failed', 'cancelled') and undo is distinct from 'undoing' order by id limit p_limit for update skip locked);
  with old as (
    select v.step_id, octet_length(v.input::text) as i, octet_length(v.output::text) as o, octet_length(v.provenance::text) as p, octet_length(v.logs::text) as l
      from step s join step_value v on v.step_id = s.id where s.run_id = any(v_runs)),
  items as (
    select m.step_id, m.index, octet_length(m.value::text) as v, octet_length(m.result::text) as r
      from map_run g join map_item m on m.step_id = g.step_id where g.run_id = any(v_runs)),
  pruned as (
    update step_value v set
           input = case when o.i > p_bytes then sg_pruned(v.input) else v.input end, output = case when o.o > p_bytes then sg_pruned(v.output) else v.output end,
           provenance = case when o.p > p_bytes then sg_pruned(v.provenance) else v.provenance end, logs = case when o.l > p_bytes then sg_pruned(v.logs) else v.logs end
      from old o where v.step_id = o.step_id and not p_dry and greatest(o.i, o.o, o.p, o.l) > p_bytes),
  pruned_items as (
    update map_item m set value = case when i.v > p_bytes then sg_pruned(m.value) else m.value end, result = case when i.r > p_bytes then sg_pruned(m.result) else m.result end
      from items i where m.step_id = i.step_id and m.index = i.index and not p_dry and greatest(i.v, i.r) > p_bytes)
  select count(*), coalesce(sum(x.bytes), 0) into v_values, v_bytes
    from (select unnest(array[i, o, p, l]) as bytes from old union all select unnest(array[v, r]) from items) x where x.bytes > p_bytes;
  if not p_dry then update run set values_pruned_at = now() where id = any(v_runs); end if;
  return jsonb_build_object('runs', cardinality(v_runs), 'values', v_values, 'bytes', v_bytes, 'last', v_runs[cardinality(v_runs)]::text);
end $$;
