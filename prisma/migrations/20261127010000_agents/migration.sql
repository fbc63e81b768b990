-- An agent asks its tools turn by turn: each turn adds items to those that its step has.

-- One transition that does more than finish a step. p: {step, attempt, transition, value?, mapBody?, item?, task?: {token, title, subject}, keep}.
-- Answers {next: claimed steps}, null where it is refused. Needs the run's lock.
create or replace function sg_commit_one(p_worker bigint, p jsonb, p_keep int) returns jsonb language plpgsql as $$
declare
  v_step bigint := (p->>'step')::bigint; t jsonb := p->'transition';
  r run; s step; m map_run; follow jsonb := '{"steps": [], "ended": false}'; more jsonb; v_events jsonb; v_steps bigint[]; v_mine bigint[] := '{}';
  v_active int := -1; v_waiting int := 0; v_end text; v_failure jsonb; v_wake timestamptz; v_ms int; v_task uuid; v_kind text; v_found bigint; v_next jsonb := '[]';
begin
  select * into s from step where id = v_step;
  select * into r from run where id = s.run_id;
  if s.id is null or s.status <> 'running' or s.lease is distinct from p_worker or s.attempt <> (p->>'attempt')::int or sg_terminal(r.status) then
    return null;
  end if;
  v_kind := t->>'stepStatus';
  v_wake := case t->'wake'->>'kind' when 'in' then now() + (t->'wake'->>'ms')::bigint * interval '1 ms'
                                    when 'at' then to_timestamp((t->'wake'->>'ms')::float8 / 1000) end;
  v_ms := extract(epoch from now() - coalesce(s.started_at, now())) * 1000;
  v_failure := nullif(t->'failure', 'null');
  if v_kind = 'waiting' then
    insert into step_attempt (step_id, attempt, worker, started_at, ended_at, result, failure)
    values (s.id, s.attempt, p_worker, coalesce(s.attempt_at, now()), now(), case when v_failure is null then 'waiting' else 'failed' end, v_failure)
    on conflict (step_id, attempt) do update set ended_at = now(), result = excluded.result, failure = excluded.failure;
  end if;
  update step set status = v_kind, lease = null, outcome = t->>'outcome', failure = v_failure, decision = null, wake_at = v_wake,
    waiting = case when coalesce(jsonb_typeof(t->'waiting'), 'null') = 'null' then null
                   when v_wake is null then t->'waiting'
                   else t->'waiting' || jsonb_build_object('untilMs', floor(extract(epoch from v_wake) * 1000)) end,
    ended_at = case when v_kind <> 'waiting' then now() end, seq = case when v_kind <> 'waiting' then r.seq + 1 end
   where id = v_step returning * into s;
  perform sg_store_value(v_step, p->'value', t->'output');

  v_events := jsonb_build_array(case v_kind
    when 'done' then sg_event('step.done', jsonb_build_object('state', s.state, 'path', s.path, 'outcome', s.outcome, 'costMicros', s.cost_micros, 'ms', v_ms))
    when 'failed' then sg_event('step.failed', jsonb_build_object('state', s.state, 'path', s.path, 'outcome', s.outcome, 'failure', s.failure, 'ms', v_ms))
    else sg_event('step.waiting', jsonb_build_object('state', s.state, 'path', s.path, 'waiting', s.waiting)) end);
  if v_kind = 'waiting' then v_waiting := 1; end if;

  if coalesce(jsonb_typeof(t->'task'), 'null') <> 'null' then
    insert into task (id, project_id, run_id, step_id, state, path, kind, title, subject, request, risk, token, expires_at)
    values (gen_random_uuid(), r.project_id, r.id, s.id, s.state, s.path, t->'task'->>'kind',
      coalesce(t->'task'->>'title', p->'task'->>'title'), coalesce(t->'task'->>'subject', p->'task'->>'subject', ''), t->'task',
      coalesce((t->'task'->>'risk')::float, 0), p->'task'->>'token',
      case when t->'task'->>'timeoutMs' is not null then now() + (t->'task'->>'timeoutMs')::bigint * interval '1 ms' end)
    returning id into v_task;
    if t->'task'->>'timeoutMs' is not null then
      perform graphile_worker.add_job('expire', json_build_object('taskId', v_task), run_at => now() + (t->'task'->>'timeoutMs')::bigint * interval '1 ms');
    end if;
  end if;
  if v_wake is not null then perform sg_add_jobs(array[v_step], v_wake); end if;

  if coalesce(jsonb_typeof(t->'event'), 'null') <> 'null' then
    -- Senders lock by name and key as well, so an event is never missed between the look and the wait.
    perform pg_advisory_xact_lock(hashtextextended(r.project_id || ':' || (t->'event'->>'name') || ':' || (t->'event'->>'key'), 0));
    select id into v_found from inbox_event
     where project_id = r.project_id and name = t->'event'->>'name' and key = t->'event'->>'key' and step_id is null and at >= r.created_at order by id limit 1;
    if v_found is null then
      insert into event_waiter (step_id, project_id, name, key) values (v_step, r.project_id, t->'event'->>'name', t->'event'->>'key') on conflict (step_id) do nothing;
    else
      update inbox_event set step_id = v_step where id = v_found;
      update step set status = 'ready', waiting = null, wake_at = null,
        decision = (select jsonb_build_object('kind', 'event', 'data', data, 'at', floor(extract(epoch from at) * 1000)) from inbox_event where id = v_found)
       where id = v_step;
      v_waiting := 0;
      follow := jsonb_build_object('steps', jsonb_build_array(v_step), 'ended', false);
    end if;
  elsif coalesce(jsonb_typeof(t->'call'), 'null') <> 'null' then
    update step set decision = t->'call' || '{"kind": "call"}' where id = v_step;
    perform graphile_worker.add_job('call', json_build_object('stepId', v_step::text), priority := 0);
  elsif coalesce(jsonb_typeof(t->'map'), 'null') <> 'null' then
    -- The tools of an agent's later turns come after those of its earlier ones.
    insert into map_run (step_id, run_id, total, next, body) values (v_step, r.id, jsonb_array_length(t->'map'->'items'), 0, p->'mapBody')
    on conflict (step_id) do update set total = map_run.total + excluded.total returning * into m;
    insert into map_item (step_id, index, value)
    select v_step, m.total - jsonb_array_length(t->'map'->'items') + n - 1, i from jsonb_array_elements(t->'map'->'items') with ordinality as x(i, n);
    follow := jsonb_build_object('steps', to_jsonb(sg_begin_items(r.id, r.program_id, v_step, (t->'map'->>'concurrency')::int)), 'ended', false);
    v_events := v_events || sg_map_progress(s, m);
  elsif p->'item' is not null or coalesce(jsonb_typeof(t->'failsIteration'), 'null') <> 'null' then
    if p->'item' is null then
      more := sg_cancel_steps(r.id, s.path, v_step);
      v_events := v_events || (more->'events');
      v_active := v_active - (more->>'active')::int; v_waiting := v_waiting - (more->>'waiting')::int;
    end if;
    more := sg_end_item(r, s.path, coalesce(p->'item', jsonb_build_object('outcome', 'error', 'result', v_failure || jsonb_build_object('state', s.state))));
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

  -- As many successors as it may keep go on in the same job; the others get jobs of their own.
  if v_end is null and r.paused_at is null and array_length(v_steps, 1) >= 1 then
    v_mine := v_steps[1:p_keep];
    with mine as (
      update step set status = 'running', lease = p_worker, attempt = attempt + (decision is null)::int, started_at = coalesce(started_at, now()), attempt_at = now()
       where id = any(v_mine) and exists (select from worker where id = p_worker and dead_at is null and stopped_at is null)
      returning id, state, path, attempt, decision)
    select coalesce(jsonb_agg(jsonb_build_object('stepId', id::text, 'state', state, 'path', path, 'attempt', attempt, 'decision', decision) order by id), '[]'),
           coalesce(array_agg(id), '{}') into v_next, v_mine from mine;
    v_steps := array(select x from unnest(v_steps) x where x <> all(v_mine));
    v_events := v_events || (select coalesce(jsonb_agg(sg_event('step.started', n - 'stepId' - 'decision')), '[]') from jsonb_array_elements(v_next) n);
    perform sg_add_jobs(v_steps, now());
  end if;
  if v_end is null and array_length(v_steps, 1) >= 1 then
    v_events := v_events || (select jsonb_agg(sg_event('step.ready', jsonb_build_object('state', state, 'path', path)) order by id) from step where id = any(v_steps));
  end if;
  perform sg_close(r.id, v_events, jsonb_build_object('active', v_active, 'waiting', v_waiting, 'output', t->'runOutput', 'end', v_end, 'claimed', true)
    || case when v_end = 'failed' then jsonb_build_object('failure', v_failure || jsonb_build_object('state', s.state)) else '{}' end);
  return jsonb_build_object('next', v_next);
end $$;
