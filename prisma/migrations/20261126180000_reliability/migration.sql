-- What the faults of `npm run chaos` brought to light; see docs/reliability.md.

-- Cancels what is left of a run or, with a path, of one iteration. Answers {active, waiting, events}: how many of each were
-- cancelled. A step that is cancelled no longer stands in the list of those that wait for an event: the event would go to it.
create or replace function sg_cancel_steps(p_run bigint, p_path text, p_except bigint) returns jsonb language plpgsql as $$
declare v_active int; v_waiting int; v_events jsonb;
begin
  with gone as (
    select id, status from step
     where run_id = p_run and status in ('ready', 'running', 'waiting') and id is distinct from p_except
       and (p_path is null or path = p_path or path like replace(replace(p_path, '\', '\\'), '_', '\_') || '/%')
       for update),
  cancelled as (
    update step set status = 'cancelled', lease = null, waiting = null, wake_at = null, ended_at = now()
      from gone where step.id = gone.id returning step.id, gone.status as was, state, path),
  waiters as (
    delete from event_waiter using gone where event_waiter.step_id = gone.id),
  tasks as (
    update task set status = 'cancelled', decided_at = now() from gone where task.step_id = gone.id and task.status = 'open')
  select count(*) filter (where was <> 'waiting'), count(*) filter (where was = 'waiting'),
         coalesce(jsonb_agg(sg_event('step.cancelled', jsonb_build_object('state', state, 'path', path))), '[]')
    into v_active, v_waiting, v_events from cancelled;
  return jsonb_build_object('active', v_active, 'waiting', v_waiting, 'events', v_events);
end $$;

-- What should go on although nothing leads to it: gets what moves it. There is nothing unless a job was lost or gave up, or a commit crossed
-- with the death of its worker. `p_all`: of every live run and of the rarer kinds too, not only of runs that stand still. And jobs that no live worker holds. A worker that stood still for
-- longer than its lease and woke up takes jobs until it learns that it was declared dead, and nobody else would set those free.
create or replace function sg_adopt_orphans(p_all boolean) returns bigint[] language plpgsql set jit = off set enable_seqscan = off as $$
declare v_steps bigint[]; v_runs bigint[] := '{}'; v record;
begin
  perform graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker._private_jobs
     where locked_at < now() - interval '5 seconds'
       and locked_by not in (select unnest(graphile_ids) from worker where stopped_at is null and dead_at is null)));
  for v in select s.lease, array_agg(s.id) as steps from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
            where r.active > 0 and s.status = 'running' and not exists (select from worker w where w.id = s.lease and w.dead_at is null and w.stopped_at is null)
              and (p_all or not exists (select from run_event e where e.run_id = r.id and e.seq = r.seq and e.at > now() - interval '2 seconds'))
            group by s.lease loop
    v_runs := v_runs || sg_take_back_all(v.lease, v.steps);
  end loop;

  select array_agg(c.id) into v_steps from (
    select s.id from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
     where r.active > 0 and r.paused_at is null and s.status = 'ready'
       and (p_all or not exists (select from run_event e where e.run_id = r.id and e.seq = r.seq and e.at > now() - interval '2 seconds'))
    union all
    select s.id from step s join run r on r.id = s.run_id
     where s.wake_at < now() - interval '1 second' and s.status = 'waiting' and r.paused_at is null and r.status in ('queued', 'running', 'waiting')) c;
  if v_steps is not null then
    select array_agg(s.id order by s.id), v_runs || array_agg(distinct s.run_id) into v_steps, v_runs
      from step s left join sg_job_steps() j on j = s.id where s.id = any(v_steps) and j is null;
    perform sg_add_jobs(v_steps, now());
  end if;

  if p_all then
    perform graphile_worker.add_job('deadline', json_build_object('runId', r.id::text))
       from live_run l join run r on r.id = l.run_id where r.deadline_at < now() - interval '5 seconds' and not sg_has_job('deadline', 'runId', r.id::text);
    for v in select s.id, s.run_id, c.id as child, c.status, r.project_id, s.waiting from live_run l join run r on r.id = l.run_id
               join step s on s.run_id = r.id left join run c on c.parent_step_id = s.id
              where r.waiting > 0 and s.status = 'waiting' and s.waiting->>'kind' in ('child', 'event') loop
      if v.waiting->>'kind' = 'event' then
        insert into event_waiter (step_id, project_id, name, key) values (v.id, v.project_id, v.waiting->>'name', v.waiting->>'key') on conflict (step_id) do nothing;
      elsif v.child is null and not sg_has_job('call', 'stepId', v.id::text) then
        perform graphile_worker.add_job('call', json_build_object('stepId', v.id::text));
      elsif sg_terminal(v.status) and not sg_has_job('child-ended', 'runId', v.child::text) then
        perform graphile_worker.add_job('child-ended', json_build_object('runId', v.child::text));
      end if;
    end loop;
    update undo_item i set status = 'pending', lease = null
     where status = 'running' and not exists (select from worker w where w.id = i.lease and w.dead_at is null and w.stopped_at is null);
    perform graphile_worker.add_job('undo', json_build_object('undoId', u.id::text), job_key := 'undo:' || u.id)
       from undo u where u.status = 'running' and not exists (select from undo_item where undo_id = u.id and undo_item.status = 'running')
        and not sg_has_job('undo', 'undoId', u.id::text);
  end if;
  return array(select distinct x from unnest(v_runs) x where x is not null);
end $$;

-- Workers whose advisory lock is free, or that have been silent for longer than the lease, are dead. For a while they are named again:
-- a statement that a worker sent with its last breath is carried out all the same, and may give it steps after it was buried.
create or replace function sg_dead_workers(p_class int, p_lease_ms int) returns setof bigint language sql as $$
  select w.id from worker w
   where w.stopped_at is null
     and case when w.dead_at is null
           then w.heartbeat_at < now() - p_lease_ms * interval '1 ms'
             or not exists (select from pg_locks l where l.locktype = 'advisory' and l.classid = p_class::oid and l.objid = w.id::int::oid
                             and l.database = (select oid from pg_database where datname = current_database()))
           else w.dead_at > now() - interval '30 seconds' end
$$;

-- Takes back everything of a worker that is dead. Its steps are found through the runs that are live, of which there are few.
create or replace function sg_recover_worker(p_worker bigint) returns bigint[] language plpgsql as $$
declare v_runs bigint[];
begin
  update worker set dead_at = now() where id = p_worker and dead_at is null and stopped_at is null;
  v_runs := sg_take_back_all(p_worker, array(
    select s.id from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
     where r.active > 0 and s.status = 'running' and s.lease = p_worker));
  update undo_item set status = 'pending', lease = null where status = 'running' and lease = p_worker;
  perform graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker.jobs
     where locked_by is not null
       and locked_by not in (select unnest(graphile_ids) from worker where stopped_at is null and dead_at is null)));
  return v_runs;
end $$;
