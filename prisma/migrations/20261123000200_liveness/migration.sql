-- Workers whose advisory lock is free, or that have been silent for longer than the lease, are dead.
create function sg_dead_workers(p_class int, p_lease_ms int) returns setof bigint language sql as $$
  select w.id from worker w
   where w.stopped_at is null and w.dead_at is null
     and (w.heartbeat_at < now() - p_lease_ms * interval '1 ms'
          or not exists (select from pg_locks l where l.locktype = 'advisory' and l.classid = p_class::oid and l.objid = w.id::int::oid
                          and l.database = (select oid from pg_database where datname = current_database())))
$$;

create function sg_take_back(p_run bigint, p_step bigint, p_worker bigint) returns bigint language plpgsql as $$
declare s step;
begin
  perform from run where id = p_run for update;
  update step set status = 'ready', lease = null where id = p_step and status = 'running' and lease = p_worker returning * into s;
  if s.id is null then return p_run; end if;
  update step_attempt set ended_at = now(), result = 'lost' where step_id = s.id and attempt = s.attempt;
  perform sg_close(p_run, jsonb_build_array(sg_event('step.ready', jsonb_build_object('state', s.state, 'path', s.path))), '{"claimed": true}');
  perform sg_add_jobs(array[s.id], now());
  return p_run;
end $$;

-- The invariant: no step running without a live lease, none waiting without a stored reason. Always empty.
create view sg_stuck as
  select s.id as step_id, s.run_id, s.state, s.path, s.status,
         case when s.status = 'running' then 'running without a live worker' else 'waiting without a reason' end as why
    from step s left join worker w on w.id = s.lease
   where (s.status = 'running' and (w.id is null or w.dead_at is not null or w.stopped_at is not null))
      or (s.status = 'waiting' and s.waiting is null);

-- A worker that dies may hold jobs whose steps it had not taken yet. Graphile locks jobs by pool, so all that is locked by
-- a pool of no live worker is unlocked. A job that is unlocked although its worker lives runs twice, and the second time
-- finds its step taken: harmless.
create function sg_recover_worker(p_worker bigint) returns bigint[] language plpgsql as $$
declare lost record; v_runs bigint[] := '{}';
begin
  update worker set dead_at = now() where id = p_worker and dead_at is null and stopped_at is null;
  if not found then return v_runs; end if;
  for lost in select id, run_id from step where status in ('ready', 'running', 'waiting') and status = 'running' and lease = p_worker order by run_id, id loop
    v_runs := v_runs || sg_take_back(lost.run_id, lost.id, p_worker);
  end loop;
  perform graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker.jobs
     where locked_by is not null
       and locked_by not in (select unnest(graphile_ids) from worker where stopped_at is null and dead_at is null)));
  return array(select distinct unnest(v_runs));
end $$;

-- Steps that should go on although no job leads to them: ready, or waiting for a retry whose time has come. There are none
-- unless a job was lost or gave up; then each gets a new one. Answers their runs.
create function sg_adopt_orphans() returns bigint[] language plpgsql as $$
declare v_steps bigint[]; v_runs bigint[];
begin
  select coalesce(array_agg(s.id), '{}'), coalesce(array_agg(distinct s.run_id), '{}') into v_steps, v_runs
    from step s join run r on r.id = s.run_id
   where s.status in ('ready', 'running', 'waiting')
     and (s.status = 'ready' or (s.status = 'waiting' and s.waiting->>'kind' = 'retry' and s.wake_at < now() - interval '1 second'))
     and not sg_terminal(r.status)
     and not exists (select from graphile_worker._private_jobs j where j.payload->>'stepId' = s.id::text and j.attempts < j.max_attempts);
  perform sg_add_jobs(v_steps, now());
  return v_runs;
end $$;
