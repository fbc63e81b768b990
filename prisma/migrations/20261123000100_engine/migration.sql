-- The engine's hot path. One transition is one call of sg_commit: one round trip, one commit.
-- Every function that touches a run locks its row first, so that calls for one run are serial and cannot deadlock.
-- Cost does not depend on the size of the graph, of a map or of the run's history.

create index memory_chunk_text_idx on memory_chunk using gin (to_tsvector('simple', text));
create index step_live_idx on step (id) where status in ('ready', 'running', 'waiting');
create index worker_live_idx on worker (id) where stopped_at is null and dead_at is null;

-- Jobs for steps, added with one call.
create function sg_add_jobs(step_ids bigint[], at timestamptz) returns void language plpgsql as $$
begin
  if coalesce(array_length(step_ids, 1), 0) = 0 then return; end if;
  perform graphile_worker.add_jobs(array(
    select ('advance', json_build_object('stepId', id::text), null, at, 25, null, 0, null)::graphile_worker.job_spec
    from unnest(step_ids) id));
end $$;

create function sg_child_path(parent text, map_id text, index int) returns text language sql immutable as
$$ select case when parent = '' then '' else parent || '/' end || map_id || ':' || index $$;

create function sg_event(kind text, data jsonb) returns jsonb language sql immutable as
$$ select jsonb_build_object('kind', kind, 'data', data) $$;

-- Starts states and settles arrivals at joins, through joins that die, until nothing more follows.
-- Answers {steps: [ids], events: [...], ended: boolean}. Mirrors `apply` of nodes/core/simulate.ts.
create function sg_follow(p_run bigint, p_program bigint, p_starts jsonb, p_arrivals jsonb) returns jsonb language plpgsql as $$
declare
  queue jsonb[] := array(select a from jsonb_array_elements(p_arrivals) a);
  arrival jsonb;
  steps bigint[] := '{}';
  events jsonb := '[]';
  ended boolean := false;
  v_settled int; v_taken int; v_fired boolean; v_step bigint; fires boolean; fire_at int; head int := 1;
  begun record;
begin
  for begun in select s->>'state' as state, s->>'path' as path from jsonb_array_elements(p_starts) s loop
    insert into step (run_id, state, path, status) values (p_run, begun.state, begun.path, 'ready') returning id into v_step;
    steps := steps || v_step;
  end loop;

  while head <= coalesce(array_length(queue, 1), 0) loop
    arrival := queue[head];
    head := head + 1;
    fire_at := (arrival->>'fireAt')::int;
    if (arrival->>'taken')::int + (arrival->>'dead')::int = (arrival->>'edges')::int then
      v_settled := (arrival->>'edges')::int; v_taken := (arrival->>'taken')::int; v_fired := false;
    else
      insert into join_count as j (run_id, path, "join", settled, taken)
      values (p_run, arrival->>'path', arrival->>'join', (arrival->>'taken')::int + (arrival->>'dead')::int, (arrival->>'taken')::int)
      on conflict (run_id, path, "join") do update
        set settled = j.settled + excluded.settled, taken = j.taken + excluded.taken
      returning j.settled, j.taken, j.fired into v_settled, v_taken, v_fired;
    end if;
    if v_fired then continue; end if;

    fires := case when fire_at is null then v_settled = (arrival->>'edges')::int and (v_taken > 0 or arrival->>'join' like '$end%')
                  else v_taken >= fire_at end;
    if fires then
      update join_count set fired = true
       where run_id = p_run and path = arrival->>'path' and "join" = arrival->>'join';
      if arrival->>'join' = '$end' then
        ended := true;
      else
        insert into step (run_id, state, path, status) values (p_run, arrival->>'join', arrival->>'path', 'ready') returning id into v_step;
        steps := steps || v_step;
      end if;
    elsif v_settled = (arrival->>'edges')::int then
      -- The join itself is dead: what it would have led to settles as dead. Rare, so the program is read here only.
      queue := queue || array(
        select jsonb_build_object(
          'join', d->>'join', 'path', arrival->>'path', 'taken', d->'taken', 'dead', d->'dead',
          'edges', ir->'joins'->(d->>'join')->'edges',
          'fireAt', case ir->'joins'->(d->>'join')->'rule'->>'kind' when 'any' then to_jsonb(1)
                      when 'count' then ir->'joins'->(d->>'join')->'rule'->'count' else 'null'::jsonb end)
        from program, jsonb_array_elements(ir->'joins'->(arrival->>'join')->'ifDead') d where id = p_program);
    end if;
  end loop;
  return jsonb_build_object('steps', to_jsonb(steps), 'ended', ended);
end $$;

-- Begins the next iterations of a map while fewer than its concurrency are under way. Answers as sg_follow.
create function sg_begin_items(p_run bigint, p_program bigint, p_map_step bigint, p_count int) returns jsonb language plpgsql as $$
declare
  m map_run; s step; follow jsonb; steps jsonb := '[]'; item_path text;
begin
  select * into m from map_run where step_id = p_map_step for update;
  select * into s from step where id = p_map_step;
  for n in 1..p_count loop
    exit when m.next >= m.total;
    item_path := sg_child_path(s.path, s.state, m.next);
    follow := sg_follow(p_run, p_program,
      (select coalesce(jsonb_agg(jsonb_build_object('state', b, 'path', item_path)), '[]') from jsonb_array_elements_text(m.body->'starts') b),
      (select coalesce(jsonb_agg(b || jsonb_build_object('path', item_path)), '[]') from jsonb_array_elements(m.body->'arrivals') b));
    steps := steps || (follow->'steps');
    m.next := m.next + 1;
  end loop;
  update map_run set next = m.next where step_id = p_map_step;
  return jsonb_build_object('steps', steps, 'ended', false);
end $$;

-- Cancels what is left of a run or, with a path, of one iteration. Answers {active, waiting, events}: how many of each were cancelled.
create function sg_cancel_steps(p_run bigint, p_path text, p_except bigint) returns jsonb language plpgsql as $$
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
  tasks as (
    update task set status = 'cancelled', decided_at = now() from gone where task.step_id = gone.id and task.status = 'open')
  select count(*) filter (where was <> 'waiting'), count(*) filter (where was = 'waiting'),
         coalesce(jsonb_agg(sg_event('step.cancelled', jsonb_build_object('state', state, 'path', path))), '[]')
    into v_active, v_waiting, v_events from cancelled;
  return jsonb_build_object('active', v_active, 'waiting', v_waiting, 'events', v_events);
end $$;

-- Closes a transition: appends events with the next sequence numbers and brings the run's row up to date.
-- p: {active, waiting: changes of the counters, output?: merged, end?: 'completed'|'failed'|'cancelled', failure?}
create function sg_close(p_run bigint, p_events jsonb, p jsonb) returns text language plpgsql as $$
declare
  r run; v_status text; v_events jsonb := p_events; v_active int; v_waiting int; v_output jsonb;
begin
  select * into r from run where id = p_run;
  v_active := r.active + coalesce((p->>'active')::int, 0);
  v_waiting := r.waiting + coalesce((p->>'waiting')::int, 0);
  v_output := case when coalesce(jsonb_typeof(p->'output'), 'null') = 'null' then r.output
                   else coalesce(r.output, '{}') || (p->'output') end;
  v_status := coalesce(p->>'end', case when v_active > 0 then case when r.status = 'queued' and not coalesce((p->>'claimed')::boolean, false) then 'queued' else 'running' end
                                       when v_waiting > 0 then 'waiting' else r.status end);
  if v_status <> r.status then
    v_events := v_events || case v_status
      when 'running' then sg_event(case when r.status = 'queued' then 'run.started' else 'run.resumed' end, '{}')
      when 'waiting' then sg_event('run.waiting', '{}')
      when 'completed' then sg_event('run.completed', jsonb_build_object('output', v_output, 'spendMicros', r.spend_micros))
      when 'failed' then sg_event('run.failed', jsonb_build_object('failure', p->'failure'))
      when 'cancelled' then sg_event('run.cancelled', '{}')
      else '[]'::jsonb end;
  end if;
  insert into run_event (run_id, seq, kind, data)
  select p_run, r.seq + n::int, e->>'kind', e->'data' from jsonb_array_elements(v_events) with ordinality as x(e, n);
  update run set
    seq = r.seq + jsonb_array_length(v_events), active = v_active, waiting = v_waiting, status = v_status, output = v_output,
    failure = coalesce(p->'failure', failure),
    started_at = coalesce(started_at, case when v_status <> 'queued' then now() end),
    ended_at = case when v_status in ('completed', 'failed', 'cancelled') then coalesce(ended_at, now()) end
   where id = p_run;
  return v_status;
end $$;

create function sg_terminal(status text) returns boolean language sql immutable as
$$ select status in ('completed', 'failed', 'cancelled') $$;

-- Starts a run. Repeating a request with the same requestKey answers the run that it started.
create function sg_start_run(p jsonb) returns jsonb language plpgsql as $$
declare v_ref int; v_run bigint; v_steps bigint[]; follow jsonb; found record;
begin
  if p->>'requestKey' is not null then
    select id, ref into found from run where project_id = (p->>'projectId')::uuid and request_key = p->>'requestKey';
    if found.id is not null then return jsonb_build_object('runId', found.id::text, 'ref', found.ref, 'existing', true); end if;
  end if;
  update project set next_run_ref = next_run_ref + 1 where id = (p->>'projectId')::uuid returning next_run_ref - 1 into v_ref;
  insert into run (project_id, pipeline_id, graph, program_id, version, ref, trigger, mode, input, request_key)
  values ((p->>'projectId')::uuid, (p->>'pipelineId')::uuid, p->'graph', (p->>'programId')::bigint, (p->>'version')::int, v_ref,
          p->>'trigger', p->>'mode', p->'input', p->>'requestKey')
  on conflict (project_id, request_key) do nothing returning id into v_run;
  if v_run is null then
    select id, ref into found from run where project_id = (p->>'projectId')::uuid and request_key = p->>'requestKey';
    return jsonb_build_object('runId', found.id::text, 'ref', found.ref, 'existing', true);
  end if;
  follow := sg_follow(v_run, (p->>'programId')::bigint, p->'start'->'starts', p->'start'->'arrivals');
  v_steps := array(select x::bigint from jsonb_array_elements_text(follow->'steps') x);
  perform sg_close(v_run, jsonb_build_array(sg_event('run.queued', '{}')), jsonb_build_object('active', array_length(v_steps, 1)));
  perform sg_add_jobs(v_steps, now());
  return jsonb_build_object('runId', v_run::text, 'ref', v_ref, 'existing', false);
end $$;

-- Gives a step to a worker. A step that goes on after a decision keeps its attempt.
create function sg_claim(p_step bigint, p_worker bigint) returns jsonb language plpgsql as $$
declare r run; s step; v_resumes boolean; v_waited int;
begin
  select run.* into r from run where id = (select run_id from step where id = p_step) for update;
  select * into s from step where id = p_step for update;
  if s.id is null or sg_terminal(r.status) then return jsonb_build_object('ok', false, 'reason', 'gone'); end if;
  if not (s.status = 'ready' or (s.status = 'waiting' and s.waiting->>'kind' = 'retry' and s.wake_at <= now() + interval '20 ms'))
    then return jsonb_build_object('ok', false, 'reason', s.status); end if;
  if not exists (select from worker where id = p_worker and dead_at is null and stopped_at is null)
    then return jsonb_build_object('ok', false, 'reason', 'worker-dead'); end if;
  v_resumes := s.decision is not null;
  v_waited := (s.status = 'waiting')::int;
  update step set status = 'running', lease = p_worker, waiting = null, wake_at = null,
    attempt = attempt + case when v_resumes then 0 else 1 end,
    started_at = coalesce(started_at, now())
   where id = p_step returning * into s;
  insert into step_attempt (step_id, attempt, worker) values (s.id, s.attempt, p_worker)
  on conflict (step_id, attempt) do update set worker = excluded.worker, result = null, ended_at = null;
  perform sg_close(r.id, jsonb_build_array(sg_event('step.started', jsonb_build_object('state', s.state, 'path', s.path, 'attempt', s.attempt))),
    jsonb_build_object('active', v_waited, 'waiting', -v_waited, 'claimed', true));
  return jsonb_build_object('ok', true, 'runId', r.id::text, 'stepId', s.id::text, 'state', s.state, 'path', s.path,
    'attempt', s.attempt, 'decision', s.decision);
end $$;

-- Ends the iteration at `p_path`: notes its result, begins the next one, or wakes the map when it was the last.
-- Answers {steps, events, active, waiting}: changes for sg_close.
create function sg_end_item(r run, p_path text, p_outcome text, p_result jsonb) returns jsonb language plpgsql as $$
declare
  v_cut text := substring(p_path from '^(.*)/[^/]*$');
  v_parent text := coalesce(v_cut, '');
  v_last text := case when v_cut is null then p_path else substring(p_path from length(v_cut) + 2) end;
  v_map text := split_part(v_last, ':', 1); v_index int := split_part(v_last, ':', 2)::int;
  m map_run; s step; follow jsonb := '{"steps": []}'; cancelled jsonb; v_events jsonb; v_active int := 0; v_waiting int := 0; v_stop boolean;
begin
  select * into s from step where run_id = r.id and state = v_map and path = v_parent for update;
  select * into m from map_run where step_id = s.id for update;
  update map_item set outcome = p_outcome, result = p_result where step_id = s.id and index = v_index and outcome is null;
  if not found then return jsonb_build_object('steps', '[]'::jsonb, 'events', '[]'::jsonb, 'active', 0, 'waiting', 0); end if;
  update map_run set finished = finished + 1, failed = failed + case when p_outcome = 'error' then 1 else 0 end
   where step_id = s.id returning * into m;
  v_events := jsonb_build_array(sg_event('map.progress', jsonb_build_object('state', s.state, 'path', s.path,
    'total', m.total, 'finished', m.finished, 'failed', m.failed)));
  v_stop := p_outcome = 'error' and m.body->>'onItemError' = 'stop';
  if s.status = 'waiting' and (v_stop or m.finished = m.total) then
    if v_stop then
      for i in 0..m.next - 1 loop
        cancelled := sg_cancel_steps(r.id, sg_child_path(s.path, s.state, i), null);
        v_events := v_events || (cancelled->'events');
        v_active := v_active - (cancelled->>'active')::int; v_waiting := v_waiting - (cancelled->>'waiting')::int;
      end loop;
    end if;
    update step set status = 'ready', waiting = null,
      decision = case when v_stop then jsonb_build_object('kind', 'item-failed', 'index', v_index, 'failure', p_result)
                      else '{"kind": "items-done"}'::jsonb end
     where id = s.id;
    follow := jsonb_build_object('steps', jsonb_build_array(s.id));
    v_waiting := v_waiting - 1;
  elsif s.status = 'waiting' then
    follow := sg_begin_items(r.id, r.program_id, s.id, 1);
  end if;
  return jsonb_build_object('steps', follow->'steps', 'events', v_events,
    'active', v_active + jsonb_array_length(follow->'steps'), 'waiting', v_waiting);
end $$;

-- One transition. p: {worker, stepId, attempt, transition, values: {input, provenance, logs}, next: boolean, item?: {outcome, result}}
-- (`item` instead of a transition's arcs: the internal step that ends an iteration). Answers {ok, reason?, next?, status}.
create function sg_commit(p jsonb) returns jsonb language plpgsql as $$
declare
  v_step bigint := (p->>'stepId')::bigint; v_worker bigint := (p->>'worker')::bigint; t jsonb := p->'transition';
  r run; s step; follow jsonb := '{"steps": [], "ended": false}'; more jsonb; v_events jsonb; v_steps bigint[];
  v_active int := -1; v_waiting int := 0; v_end text; v_failure jsonb; v_status text; v_next step; v_wake timestamptz; v_ms int; v_task uuid; v_cost bigint;
begin
  select run.* into r from run where id = (select run_id from step where id = v_step) for update;
  select * into s from step where id = v_step for update;
  if s.id is null or s.status <> 'running' or s.lease is distinct from v_worker or s.attempt <> (p->>'attempt')::int or sg_terminal(r.status) then
    return jsonb_build_object('ok', false, 'reason', 'lease-lost');
  end if;

  v_wake := case when t->>'retryInMs' is not null then now() + (t->>'retryInMs')::int * interval '1 ms' end;
  v_ms := extract(epoch from now() - coalesce(s.started_at, now())) * 1000;
  v_failure := nullif(t->'failure', 'null');
  update step set status = t->>'stepStatus', lease = null, outcome = t->>'outcome', failure = v_failure, decision = null,
    wake_at = v_wake,
    waiting = case when coalesce(jsonb_typeof(t->'waiting'), 'null') = 'null' then null
                   when v_wake is null then t->'waiting'
                   else t->'waiting' || jsonb_build_object('untilMs', floor(extract(epoch from v_wake) * 1000)) end,
    ended_at = case when t->>'stepStatus' <> 'waiting' then now() end
   where id = v_step returning * into s;
  update step_attempt set ended_at = now(), result = case when v_failure is not null then 'failed' else t->>'stepStatus' end, failure = v_failure
   where step_id = v_step and attempt = s.attempt;
  insert into step_value (step_id, input, output, provenance, logs)
  values (v_step, p->'values'->'input', nullif(t->'output', 'null'), coalesce(p->'values'->'provenance', '[]'), coalesce(p->'values'->'logs', '[]'))
  on conflict (step_id) do update set input = coalesce(nullif(excluded.input, 'null'), step_value.input), output = excluded.output,
    provenance = step_value.provenance || excluded.provenance, logs = step_value.logs || excluded.logs;

  v_events := case t->>'stepStatus'
    when 'done' then jsonb_build_array(sg_event('step.done', jsonb_build_object('state', s.state, 'path', s.path, 'outcome', s.outcome, 'costMicros', s.cost_micros, 'ms', v_ms)))
    when 'failed' then jsonb_build_array(sg_event('step.failed', jsonb_build_object('state', s.state, 'path', s.path, 'outcome', s.outcome, 'failure', s.failure, 'ms', v_ms)))
    else jsonb_build_array(sg_event('step.waiting', jsonb_build_object('state', s.state, 'path', s.path, 'waiting', s.waiting))) end;
  if t->>'stepStatus' = 'waiting' then v_waiting := 1; end if;

  if coalesce(jsonb_typeof(t->'task'), 'null') <> 'null' then
    insert into task (id, project_id, run_id, step_id, state, path, kind, title, subject, request, risk, token, expires_at)
    values (gen_random_uuid(), r.project_id, r.id, s.id, s.state, s.path, t->'task'->>'kind',
      coalesce(t->'task'->>'title', p->>'taskTitle', 'Did this happen?'), coalesce(t->'task'->>'subject', p->>'taskSubject', ''), t->'task',
      coalesce((t->'task'->>'risk')::float, 0), p->>'taskToken',
      case when t->'task'->>'timeoutMs' is not null then now() + (t->'task'->>'timeoutMs')::bigint * interval '1 ms' end)
    returning id into v_task;
    if t->'task'->>'timeoutMs' is not null then
      perform graphile_worker.add_job('expire', json_build_object('taskId', v_task), run_at => now() + (t->'task'->>'timeoutMs')::bigint * interval '1 ms');
    end if;
  end if;
  if v_wake is not null then perform sg_add_jobs(array[v_step], v_wake); end if;

  if coalesce(jsonb_typeof(t->'map'), 'null') <> 'null' then
    insert into map_run (step_id, run_id, total, next, body) values (v_step, r.id, jsonb_array_length(t->'map'->'items'), 0, p->'mapBody');
    insert into map_item (step_id, index, value) select v_step, n - 1, i from jsonb_array_elements(t->'map'->'items') with ordinality as x(i, n);
    follow := sg_begin_items(r.id, r.program_id, v_step, (t->'map'->>'concurrency')::int);
    v_events := v_events || sg_event('map.progress', jsonb_build_object('state', s.state, 'path', s.path, 'total', jsonb_array_length(t->'map'->'items'), 'finished', 0, 'failed', 0));
  elsif p->'item' is not null then
    more := sg_end_item(r, s.path, p->'item'->>'outcome', p->'item'->'result');
    follow := jsonb_build_object('steps', more->'steps', 'ended', false);
    v_events := v_events || (more->'events');
    v_active := v_active + (more->>'active')::int - jsonb_array_length(more->'steps');
    v_waiting := v_waiting + (more->>'waiting')::int;
  elsif coalesce(jsonb_typeof(t->'failsIteration'), 'null') <> 'null' then
    more := sg_cancel_steps(r.id, s.path, v_step);
    v_events := v_events || (more->'events');
    v_active := v_active - (more->>'active')::int; v_waiting := v_waiting - (more->>'waiting')::int;
    more := sg_end_item(r, s.path, 'error', v_failure || jsonb_build_object('state', s.state));
    follow := jsonb_build_object('steps', more->'steps', 'ended', false);
    v_events := v_events || (more->'events');
    v_active := v_active + (more->>'active')::int - jsonb_array_length(more->'steps');
    v_waiting := v_waiting + (more->>'waiting')::int;
  else
    follow := sg_follow(r.id, r.program_id, t->'starts', t->'arrivals');
  end if;

  v_steps := array(select x::bigint from jsonb_array_elements_text(follow->'steps') x);
  v_active := v_active + coalesce(array_length(v_steps, 1), 0);
  if (t->>'failsRun')::boolean then
    more := sg_cancel_steps(r.id, null, v_step);
    v_events := v_events || (more->'events');
    v_active := v_active - (more->>'active')::int; v_waiting := v_waiting - (more->>'waiting')::int;
    v_end := 'failed'; v_steps := '{}';
  elsif (follow->>'ended')::boolean then
    v_end := 'completed';
  end if;

  -- The first successor goes on in the same job; the others get jobs of their own.
  if v_end is null and (p->>'next')::boolean and array_length(v_steps, 1) >= 1 then
    update step set status = 'running', lease = v_worker, attempt = attempt + case when decision is null then 1 else 0 end, started_at = coalesce(started_at, now())
     where id = v_steps[1] and exists (select from worker where id = v_worker and dead_at is null and stopped_at is null) returning * into v_next;
    if v_next.id is not null then
      insert into step_attempt (step_id, attempt, worker) values (v_next.id, v_next.attempt, v_worker)
      on conflict (step_id, attempt) do update set worker = excluded.worker, result = null, ended_at = null;
      v_events := v_events || sg_event('step.started', jsonb_build_object('state', v_next.state, 'path', v_next.path, 'attempt', v_next.attempt));
      v_steps := v_steps[2:];
    end if;
  end if;
  if v_end is null and array_length(v_steps, 1) >= 1 then
    v_events := v_events || (select jsonb_agg(sg_event('step.ready', jsonb_build_object('state', state, 'path', path)) order by id) from step where id = any(v_steps));
    perform sg_add_jobs(v_steps, now());
  end if;
  v_status := sg_close(r.id, v_events, jsonb_build_object('active', v_active, 'waiting', v_waiting, 'output', t->'runOutput', 'end', v_end, 'claimed', true)
    || case when v_end = 'failed' then jsonb_build_object('failure', v_failure || jsonb_build_object('state', s.state)) else '{}' end);
  return jsonb_build_object('ok', true, 'status', v_status, 'next', case when v_next.id is not null then jsonb_build_object('ok', true, 'runId', r.id::text,
    'stepId', v_next.id::text, 'state', v_next.state, 'path', v_next.path, 'attempt', v_next.attempt, 'decision', v_next.decision) end);
end $$;

-- A step that waited goes on: with the operator's decision, or with what a timer brought. Needs the run's lock.
create function sg_resume(r run, p_step bigint, p_decision jsonb) returns boolean language plpgsql as $$
declare s step;
begin
  update step set status = 'ready', waiting = null, wake_at = null, decision = p_decision where id = p_step and status = 'waiting' returning * into s;
  if s.id is null then return false; end if;
  perform sg_close(r.id, jsonb_build_array(sg_event('step.ready', jsonb_build_object('state', s.state, 'path', s.path))), '{"active": 1, "waiting": -1, "claimed": true}');
  perform sg_add_jobs(array[p_step], now());
  return true;
end $$;

-- Decides an approval, once. p: {taskId, projectId, token, decision}. Answers {ok, reason?, runId}.
create function sg_decide_task(p jsonb) returns jsonb language plpgsql as $$
declare k task; r run;
begin
  select * into k from task where id = (p->>'taskId')::uuid and project_id = (p->>'projectId')::uuid;
  if k.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  select * into r from run where id = k.run_id for update;
  select * into k from task where id = k.id for update;
  if k.status <> 'open' then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  if k.token <> p->>'token' then return '{"ok": false, "reason": "token"}'; end if;
  if sg_terminal(r.status) or not sg_resume(r, k.step_id, jsonb_build_object('kind', 'decision', 'decision', p->'decision')) then
    return '{"ok": false, "reason": "gone"}';
  end if;
  update task set status = case when p->'decision'->>'decision' = 'timeout' then 'expired' else 'decided' end,
    decision = p->'decision', decided_at = now() where id = k.id;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, coalesce(p->'decision'->>'by', 'timer'), 'task.' || (p->'decision'->>'decision'), k.id::text,
    jsonb_build_object('runId', r.id::text, 'state', k.state, 'path', k.path, 'title', k.title, 'reason', p->'decision'->'reason'));
  return jsonb_build_object('ok', true, 'runId', r.id::text);
end $$;

-- Answers "did this happen?", once. p: {taskId, projectId, token, answer: 'happened'|'repeat'|'stop', by}.
create function sg_answer_task(p jsonb) returns jsonb language plpgsql as $$
declare k task; r run; v_key text;
begin
  select * into k from task where id = (p->>'taskId')::uuid and project_id = (p->>'projectId')::uuid and kind = 'decision';
  if k.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  select * into r from run where id = k.run_id for update;
  select * into k from task where id = k.id for update;
  if k.status <> 'open' then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  if k.token <> p->>'token' then return '{"ok": false, "reason": "token"}'; end if;
  if sg_terminal(r.status) then return '{"ok": false, "reason": "gone"}'; end if;
  v_key := k.request->>'effectKey';
  if p->>'answer' = 'happened' then
    update effect set status = 'done', receipt_at = now(),
      receipt = coalesce(intent->'ifHappened', '{}') || jsonb_build_object('confirmedBy', p->>'by') where key = v_key;
  elsif p->>'answer' = 'repeat' then
    update effect set status = 'failed' where key = v_key;
  else
    update effect set status = 'abandoned' where key = v_key;
  end if;
  perform sg_resume(r, k.step_id, case when p->>'answer' = 'stop' then jsonb_build_object('kind', 'stop', 'failure', k.request->'failure') end);
  update task set status = 'decided', decided_at = now(), decision = jsonb_build_object('answer', p->>'answer', 'by', p->>'by') where id = k.id;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->>'by', 'effect.' || (p->>'answer'), v_key, jsonb_build_object('runId', r.id::text, 'state', k.state, 'path', k.path));
  return jsonb_build_object('ok', true, 'runId', r.id::text);
end $$;

-- Cancels a run. False: it had ended already.
create function sg_cancel_run(p_run bigint, p_by text) returns boolean language plpgsql as $$
declare r run; gone jsonb;
begin
  select * into r from run where id = p_run for update;
  if r.id is null or sg_terminal(r.status) then return false; end if;
  gone := sg_cancel_steps(p_run, null, null);
  perform sg_close(p_run, gone->'events', jsonb_build_object('active', -(gone->>'active')::int, 'waiting', -(gone->>'waiting')::int, 'end', 'cancelled'));
  insert into audit_entry (project_id, actor, action, subject) values (r.project_id, p_by, 'run.cancel', p_run::text);
  perform pg_notify('solograph_control', json_build_object('kind', 'cancel', 'runId', p_run::text)::text);
  return true;
end $$;

-- Before an effect. p: {key, runId, stepId, worker, attempt, kind, intent, unsafe}.
-- Answers {do: 'act'} | {do: 'return', receipt} | {do: 'unknown'} (an unsafe effect may have happened) | {do: 'refused'} (lease lost).
create function sg_effect_begin(p jsonb) returns jsonb language plpgsql as $$
declare e effect;
begin
  perform from step where id = (p->>'stepId')::bigint and status = 'running' and lease = (p->>'worker')::bigint and attempt = (p->>'attempt')::int for share;
  if not found then return '{"do": "refused"}'; end if;
  insert into effect (key, run_id, step_id, kind, intent, attempt, status)
  values (p->>'key', (p->>'runId')::bigint, (p->>'stepId')::bigint, p->>'kind', p->'intent', (p->>'attempt')::int, 'intended')
  on conflict (key) do nothing returning * into e;
  if e.key is not null then return '{"do": "act"}'; end if;
  select * into e from effect where key = p->>'key' for update;
  if e.status = 'done' then return jsonb_build_object('do', 'return', 'receipt', e.receipt); end if;
  if e.status in ('intended', 'unknown') and (p->>'unsafe')::boolean then
    update effect set status = 'unknown' where key = e.key;
    return '{"do": "unknown"}';
  end if;
  update effect set status = 'intended', attempt = (p->>'attempt')::int, intent = p->'intent', intent_at = now() where key = e.key;
  return '{"do": "act"}';
end $$;

-- After an effect. A receipt is kept even when the lease is gone: it is the truth about the outside.
create function sg_effect_end(p_key text, p_status text, p_receipt jsonb) returns void language sql as $$
  update effect set status = p_status, receipt = p_receipt, receipt_at = now() where key = p_key and status in ('intended', 'unknown')
$$;

-- Records a paid model call and its cost in one commit. False: the call was recorded before, or the lease is lost.
create function sg_record_spend(p jsonb) returns boolean language plpgsql as $$
declare r run; v_cost bigint := (p->>'costMicros')::bigint;
begin
  select * into r from run where id = (p->>'runId')::bigint for update;
  insert into spend (project_id, run_id, step_id, state, path, call_key, request_hash, provider, model, rehearsal, input_tokens, output_tokens, price_id, cost_micros, answer)
  values ((p->>'projectId')::uuid, r.id, (p->>'stepId')::bigint, p->>'state', p->>'path', p->>'callKey', p->>'requestHash', p->>'provider', p->>'model',
    (p->>'rehearsal')::boolean, (p->>'inputTokens')::int, (p->>'outputTokens')::int, p->>'priceId', v_cost, p->'answer')
  on conflict (call_key) do nothing;
  if not found then return false; end if;
  update step set cost_micros = cost_micros + v_cost where id = (p->>'stepId')::bigint;
  update run set spend_micros = spend_micros + v_cost where id = r.id;
  perform sg_close(r.id, jsonb_build_array(sg_event('spend', jsonb_build_object('state', p->>'state', 'path', p->>'path', 'costMicros', v_cost))),
    case when sg_terminal(r.status) then jsonb_build_object('end', r.status) else '{"claimed": true}' end);
  return true;
end $$;
