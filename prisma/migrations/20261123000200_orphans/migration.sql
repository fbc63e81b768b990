-- A worker that dies may hold jobs whose steps it had not taken yet. Graphile locks jobs by pool, so all that is locked by
-- a pool of no live worker is unlocked. A job that is unlocked although its worker lives runs twice, and the second time
-- finds its step taken: harmless.
create or replace function sg_recover_worker(p_worker bigint) returns bigint[] language plpgsql as $$
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
