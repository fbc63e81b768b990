-- A step that waited goes on: with the operator's decision, or with what a timer or an event brought. Needs the run's lock.
create or replace function sg_resume(r run, p_step bigint, p_decision jsonb) returns boolean language plpgsql as $$
declare s step;
begin
  update step set status = 'ready', waiting = null, wake_at = null, decision = nullif(p_decision, 'null') where id = p_step and status = 'waiting' returning * into s;
  if s.id is null then return false; end if;
  delete from event_waiter where step_id = p_step;
  perform sg_close(r.id, jsonb_build_array(sg_event('step.ready', jsonb_build_object('state', s.state, 'path', s.path))), '{"active": 1, "waiting": -1, "claimed": true}');
  if r.paused_at is null then perform sg_add_jobs(array[p_step], now()); end if;
  return true;
end $$;

-- An event comes in: the first step that waits for it goes on; where none does, it is kept for one that will.
-- p: {projectId, name, key, data, dedupeKey}. Answers {delivered, repeated}.
create function sg_send_event(p jsonb) returns jsonb language plpgsql as $$
declare v_event bigint; w record; r run;
begin
  -- The waiter's run is locked before the event's name: the order in which a step that begins to wait takes them.
  select w2.step_id, s.run_id into w from event_waiter w2 join step s on s.id = w2.step_id
   where w2.project_id = (p->>'projectId')::uuid and w2.name = p->>'name' and w2.key = p->>'key' order by w2.step_id limit 1;
  if w.step_id is not null then select * into r from run where id = w.run_id for update; end if;
  perform pg_advisory_xact_lock(hashtextextended((p->>'projectId') || ':' || (p->>'name') || ':' || (p->>'key'), 0));
  insert into inbox_event (project_id, name, key, data, dedupe_key) values ((p->>'projectId')::uuid, p->>'name', p->>'key', coalesce(p->'data', 'null'), p->>'dedupeKey')
  on conflict (project_id, dedupe_key) do nothing returning id into v_event;
  if v_event is null then return '{"delivered": false, "repeated": true}'; end if;
  if w.step_id is null or sg_terminal(r.status) or not sg_resume(r, w.step_id, jsonb_build_object('kind', 'event', 'data', p->'data', 'at', floor(extract(epoch from now()) * 1000)))
    then
    -- One that began to wait since we looked is found by the sweep of waiting events.
    return '{"delivered": false, "repeated": false}';
  end if;
  update inbox_event set step_id = w.step_id where id = v_event;
  return '{"delivered": true, "repeated": false}';
end $$;

-- Waiting steps whose event is there all the same: delivers them. There are none unless a sender and a waiter crossed.
create function sg_deliver_events() returns bigint[] language plpgsql as $$
declare w record; r run; v_event inbox_event; v_runs bigint[] := '{}';
begin
  for w in select x.step_id, x.project_id, x.name, x.key, s.run_id from event_waiter x join step s on s.id = x.step_id
            where exists (select from inbox_event e join run on run.id = s.run_id
                           where e.project_id = x.project_id and e.name = x.name and e.key = x.key and e.step_id is null and e.at >= run.created_at)
            order by s.run_id loop
    select * into r from run where id = w.run_id for update;
    select e.* into v_event from inbox_event e where e.project_id = w.project_id and e.name = w.name and e.key = w.key and e.step_id is null and e.at >= r.created_at
     order by e.id limit 1 for update;
    if v_event.id is not null and not sg_terminal(r.status)
       and sg_resume(r, w.step_id, jsonb_build_object('kind', 'event', 'data', v_event.data, 'at', floor(extract(epoch from v_event.at) * 1000))) then
      update inbox_event set step_id = w.step_id where id = v_event.id;
      v_runs := v_runs || r.id;
    end if;
  end loop;
  return v_runs;
end $$;

-- A run of a subflow has ended: the step that called it goes on. False: it did not wait for it any more.
create function sg_child_ended(p_child bigint) returns bigint language plpgsql as $$
declare c run; r run;
begin
  select * into c from run where id = p_child;
  if c.parent_step_id is null or not sg_terminal(c.status) then return null; end if;
  select * into r from run where id = (select run_id from step where id = c.parent_step_id) for update;
  if r.id is null or sg_terminal(r.status) then return null; end if;
  if not exists (select from step where id = c.parent_step_id and waiting->>'kind' = 'child') then return null; end if;
  perform sg_resume(r, c.parent_step_id, jsonb_build_object('kind', 'child', 'runId', c.id::text, 'status', c.status, 'output', coalesce(c.output, '{}'), 'failure', c.failure));
  return r.id;
end $$;

-- What a step called cannot be started: it goes on with that failure.
create function sg_refuse_call(p_step bigint, p_failure jsonb) returns bigint language plpgsql as $$
declare r run;
begin
  select * into r from run where id = (select run_id from step where id = p_step) for update;
  if r.id is null or sg_terminal(r.status) then return null; end if;
  perform sg_resume(r, p_step, jsonb_build_object('kind', 'child', 'runId', '', 'status', 'failed', 'output', '{}'::jsonb, 'failure', p_failure));
  return r.id;
end $$;

-- The one row of a graph.
create function sg_graph_id(p_graph jsonb) returns bigint language plpgsql as $$
declare v_hash text := encode(sha256(convert_to(p_graph::text, 'UTF8')), 'hex'); v_id bigint;
begin
  select id into v_id from run_graph where hash = v_hash;
  if v_id is not null then return v_id; end if;
  insert into run_graph (hash, graph) values (v_hash, p_graph) on conflict (hash) do nothing;
  return (select id from run_graph where hash = v_hash);
end $$;

-- Pauses a run: what runs may finish, nothing begins. False: it has ended or is paused.
create function sg_pause_run(p_run bigint, p_by text) returns boolean language plpgsql as $$
declare r run;
begin
  select * into r from run where id = p_run for update;
  if r.id is null or sg_terminal(r.status) or r.paused_at is not null then return false; end if;
  update run set paused_at = now() where id = p_run;
  perform sg_close(p_run, jsonb_build_array(sg_event('run.paused', jsonb_build_object('by', p_by))), '{}');
  insert into audit_entry (project_id, actor, action, subject) values (r.project_id, p_by, 'run.pause', p_run::text);
  return true;
end $$;

-- Goes on with a paused run: every step that is ready gets a job.
create function sg_unpause_run(p_run bigint, p_by text) returns boolean language plpgsql as $$
declare r run;
begin
  select * into r from run where id = p_run for update;
  if r.id is null or sg_terminal(r.status) or r.paused_at is null then return false; end if;
  update run set paused_at = null where id = p_run;
  perform sg_close(p_run, jsonb_build_array(sg_event('run.unpaused', jsonb_build_object('by', p_by))), '{}');
  perform sg_add_jobs(array(select id from step where run_id = p_run and (status = 'ready' or (status = 'waiting' and wake_at <= now())) order by id), now());
  insert into audit_entry (project_id, actor, action, subject) values (r.project_id, p_by, 'run.unpause', p_run::text);
  return true;
end $$;

-- Ends a run whose time is up. p_failure: what it failed with.
create function sg_fail_run(p_run bigint, p_failure jsonb) returns boolean language plpgsql as $$
declare r run; gone jsonb;
begin
  select * into r from run where id = p_run for update;
  if r.id is null or sg_terminal(r.status) then return false; end if;
  gone := sg_cancel_steps(p_run, null, null);
  perform sg_close(p_run, gone->'events', jsonb_build_object('active', -(gone->>'active')::int, 'waiting', -(gone->>'waiting')::int, 'end', 'failed', 'failure', p_failure));
  perform graphile_worker.add_job('cancel-children', json_build_object('runId', p_run::text));
  perform pg_notify('solograph_control', json_build_object('kind', 'cancel', 'runId', p_run::text)::text);
  return true;
end $$;

-- Cancels a run and the runs it called. False: it had ended already.
create or replace function sg_cancel_run(p_run bigint, p_by text) returns boolean language plpgsql as $$
declare r run; gone jsonb;
begin
  select * into r from run where id = p_run for update;
  if r.id is null or sg_terminal(r.status) then return false; end if;
  gone := sg_cancel_steps(p_run, null, null);
  perform sg_close(p_run, gone->'events', jsonb_build_object('active', -(gone->>'active')::int, 'waiting', -(gone->>'waiting')::int, 'end', 'cancelled'));
  insert into audit_entry (project_id, actor, action, subject) values (r.project_id, p_by, 'run.cancel', p_run::text);
  perform graphile_worker.add_job('cancel-children', json_build_object('runId', p_run::text));
  perform pg_notify('solograph_control', json_build_object('kind', 'cancel', 'runId', p_run::text)::text);
  return true;
end $$;

-- Takes a step back from a worker that does not serve it any more.
create or replace function sg_take_back(p_run bigint, p_step bigint, p_worker bigint) returns bigint language plpgsql as $$
declare s step;
begin
  perform from run where id = p_run for update;
  update step set status = 'ready', lease = null where id = p_step and status = 'running' and lease = p_worker returning * into s;
  if s.id is null then return p_run; end if;
  insert into step_attempt (step_id, attempt, worker, started_at, ended_at, result) values (s.id, s.attempt, p_worker, coalesce(s.attempt_at, now()), now(), 'lost')
  on conflict (step_id, attempt) do update set ended_at = now(), result = 'lost';
  perform sg_close(p_run, jsonb_build_array(sg_event('step.ready', jsonb_build_object('state', s.state, 'path', s.path))), '{"claimed": true}');
  perform sg_add_jobs(array[s.id], now());
  return p_run;
end $$;

-- Takes back everything of a worker that is dead. Its steps are found through the runs that are live, of which there are few.
create or replace function sg_recover_worker(p_worker bigint) returns bigint[] language plpgsql as $$
declare lost record; v_runs bigint[] := '{}';
begin
  update worker set dead_at = now() where id = p_worker and dead_at is null and stopped_at is null;
  if not found then return v_runs; end if;
  for lost in select s.id, s.run_id from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
               where r.active > 0 and s.status = 'running' and s.lease = p_worker order by s.run_id, s.id loop
    v_runs := v_runs || sg_take_back(lost.run_id, lost.id, p_worker);
  end loop;
  update undo_item set status = 'pending', lease = null where status = 'running' and lease = p_worker;
  perform graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker.jobs
     where locked_by is not null
       and locked_by not in (select unnest(graphile_ids) from worker where stopped_at is null and dead_at is null)));
  return array(select distinct unnest(v_runs));
end $$;

-- Steps that should go on although no job leads to them. There are none unless a job was lost or gave up; then each gets a
-- new one. Answers their runs.
create or replace function sg_adopt_orphans() returns bigint[] language plpgsql as $$
declare v_steps bigint[]; v_runs bigint[];
begin
  select coalesce(array_agg(s.id), '{}'), coalesce(array_agg(distinct s.run_id), '{}') into v_steps, v_runs
    from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
   where r.paused_at is null
     and (s.status = 'ready' or (s.status = 'waiting' and s.wake_at < now() - interval '1 second'))
     and s.id not in (select x.id::bigint from graphile_worker._private_jobs j, json_array_elements_text(j.payload->'stepIds') as x(id) where j.attempts < j.max_attempts);
  perform sg_add_jobs(v_steps, now());
  return v_runs;
end $$;

-- The invariant: no step running without a live lease, none waiting without a stored reason and, where the reason has a
-- time, a wake time; no live run that nothing will move. Always empty.
create view sg_stuck as
  select s.id as step_id, s.run_id, s.state, s.path, s.status,
         case when s.status = 'running' then 'running without a live worker'
              when s.waiting is null then 'waiting without a reason'
              else 'waiting for a time that is not stored' end as why
    from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id left join worker w on w.id = s.lease
   where (s.status = 'running' and (w.id is null or w.dead_at is not null or w.stopped_at is not null))
      or (s.status = 'waiting' and s.waiting is null)
      or (s.status = 'waiting' and s.waiting->>'untilMs' is not null and s.wake_at is null)
  union all
  select null, r.id, null, null, r.status, 'nothing of it is ready, running or waiting'
    from live_run l join run r on r.id = l.run_id
   where not exists (select from step s where s.run_id = r.id and s.status in ('ready', 'running', 'waiting'));

-- The events of runs one by one. A row of run_event holds those of one commit, numbered up to its `seq`.
create view run_event_each as
  select e.run_id, (e.seq - jsonb_array_length(e.events) + x.n)::int as seq, x.event->>'kind' as kind, x.event->'data' as data, e.at
    from run_event e, jsonb_array_elements(e.events) with ordinality as x(event, n);
