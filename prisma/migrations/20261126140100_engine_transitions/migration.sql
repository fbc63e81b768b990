-- Transitions that travel together. sg_commit takes the transitions of many runs in one call and one commit: those that
-- only finish steps and start others are written set by set, the rarer ones (waits, maps, failures) one by one after
-- them. Each has its own answer, so that one that is refused does not hold up the others. Pure steps that follow each other
-- come as one bundle: nothing outside depends on them, so they need not be stored before the next one begins.
--
-- Locks: every function that changes a run locks its row first; functions that change several lock them in the order of
-- their ids. What stands below a run (steps, joins, maps) changes under that lock only.
--
-- Plans: the functions on the hot path are planned once for all sizes of the tables, so they forbid the plans that are
-- right for small tables only.

drop view sg_stuck;
drop function sg_start_run(jsonb);
drop function sg_claim(bigint, bigint);
drop function sg_commit(jsonb);
drop function sg_end_item(run, text, text, jsonb);
drop function sg_begin_items(bigint, bigint, bigint, int);
drop function sg_follow(bigint, bigint, jsonb, jsonb);

-- Stable, as what they call is: only then does Postgres put their text in place of the call.
create or replace function sg_event(kind text, data jsonb) returns jsonb language sql stable as
$$ select jsonb_build_object('kind', kind, 'data', data) $$;
create or replace function sg_child_path(parent text, map_id text, index int) returns text language sql stable as
$$ select case when parent = '' then '' else parent || '/' end || map_id || ':' || index $$;

create aggregate sg_merge (jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}');

-- A bundle that holds its lease: the step that the worker holds, the pure steps that followed it in memory, and what follows
-- from them all. `base`: the last event of the run before it; `open`: what follows may begin; `queued`: the run begins with it.
create type sg_bundle as (ord int, run_id bigint, program_id bigint, step_id bigint, path text, status text, outcome text, failure jsonb,
  "values" jsonb, maps jsonb, starts jsonb, arrivals jsonb, events jsonb, output jsonb, item jsonb, base int, open boolean, queued boolean);
-- A join that fires, or that can no longer fire.
create type sg_settled as (ord int, run_id bigint, program_id bigint, "join" text, path text, fires boolean);
-- A step that begins: at once under the lease of the worker that commits, or when a job takes it up.
create type sg_begun as (ord int, id bigint, run_id bigint, state text, path text, running boolean, woken boolean);

-- Jobs for steps: up to 25 in one job, all with one call.
create or replace function sg_add_jobs(step_ids bigint[], at timestamptz) returns void language plpgsql as $$
begin
  if coalesce(array_length(step_ids, 1), 0) = 0 then return; end if;
  perform graphile_worker.add_jobs(array(
    select ('advance', json_build_object('stepIds', json_agg(id::text order by n)), null, at, 25, null, 0, null)::graphile_worker.job_spec
      from unnest(step_ids) with ordinality as x(id, n) group by (n - 1) / 25));
end $$;

-- Counts arrivals at joins and follows joins that die, until nothing more follows. Answers the joins that fire.
-- Mirrors `arrive` of nodes/core/simulate.ts.
create function sg_settle(p_run bigint, p_program bigint, p_arrivals jsonb) returns table ("join" text, path text) language plpgsql as $$
declare
  queue jsonb[] := array(select a from jsonb_array_elements(p_arrivals) a);
  a jsonb; head int := 1; v_settled int; v_taken int; v_edges int; v_fire_at int; v_fires boolean;
begin
  while head <= coalesce(array_length(queue, 1), 0) loop
    a := queue[head];
    head := head + 1;
    v_edges := (a->>'edges')::int;
    v_fire_at := (a->>'fireAt')::int;
    v_settled := (a->>'taken')::int + (a->>'dead')::int;
    v_taken := (a->>'taken')::int;
    if v_settled < v_edges then
      insert into join_count as j (run_id, path, "join", settled, taken)
      values (p_run, a->>'path', a->>'join', v_settled, v_taken)
      on conflict on constraint join_count_pkey do update set settled = j.settled + excluded.settled, taken = j.taken + excluded.taken
      returning j.settled, j.taken into v_settled, v_taken;
    end if;
    -- Each edge settles once, so a total is reached once: that is what fires a join once.
    v_fires := case when v_fire_at is null then v_settled = v_edges and (v_taken > 0 or a->>'join' like '$end%')
                    else v_taken >= v_fire_at and v_taken - (a->>'taken')::int < v_fire_at end;
    if v_fires then
      "join" := a->>'join';
      path := a->>'path';
      return next;
    elsif v_settled = v_edges and (v_fire_at is null or v_taken < v_fire_at) then
      queue := queue || array(
        select jsonb_build_object('join', d->>'join', 'path', a->>'path', 'taken', d->'taken', 'dead', d->'dead',
                 'edges', ir->'joins'->(d->>'join')->'edges',
                 'fireAt', case ir->'joins'->(d->>'join')->'rule'->>'kind' when 'any' then to_jsonb(1)
                             when 'count' then ir->'joins'->(d->>'join')->'rule'->'count' else 'null'::jsonb end)
          from program, jsonb_array_elements(ir->'joins'->(a->>'join')->'ifDead') d where id = p_program);
    end if;
  end loop;
end $$;

-- Starts states and settles arrivals of one run. Answers {steps: [ids], ended}.
create function sg_follow(p_run bigint, p_program bigint, p_starts jsonb, p_arrivals jsonb) returns jsonb language plpgsql as $$
declare v_steps bigint[]; v_ended boolean;
begin
  with begun as (
    select s->>'state' as state, s->>'path' as path from jsonb_array_elements(p_starts) s
    union all select f."join", f.path from sg_settle(p_run, p_program, p_arrivals) f),
  made as (
    insert into step (run_id, state, path, status) select p_run, state, path, 'ready' from begun where state <> '$end' returning id)
  select array(select id from made order by id), exists (select from begun where state = '$end') into v_steps, v_ended;
  return jsonb_build_object('steps', to_jsonb(v_steps), 'ended', v_ended);
end $$;

-- Closes a transition of one run: appends events with the next numbers and brings the run's row up to date.
-- p: {active, waiting: changes of the counters, output?: merged, end?: 'completed'|'failed'|'cancelled', failure?, claimed?}
create or replace function sg_close(p_run bigint, p_events jsonb, p jsonb) returns text language plpgsql as $$
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
  if jsonb_array_length(v_events) > 0 then
    insert into run_event (run_id, seq, events) values (p_run, r.seq + jsonb_array_length(v_events), v_events);
  end if;
  update run set
    seq = r.seq + jsonb_array_length(v_events), active = v_active, waiting = v_waiting, status = v_status, output = v_output,
    failure = case when v_status = 'running' then null else coalesce(nullif(p->'failure', 'null'), failure) end,
    started_at = coalesce(started_at, case when v_status <> 'queued' then now() end),
    ended_at = case when v_status in ('completed', 'failed', 'cancelled') then coalesce(ended_at, now()) end
   where id = p_run;
  if sg_terminal(v_status) <> sg_terminal(r.status) then
    if sg_terminal(v_status) then delete from live_run where run_id = p_run; else insert into live_run values (p_run) on conflict do nothing; end if;
  end if;
  if v_status <> r.status and sg_terminal(v_status) and r.parent_step_id is not null then
    perform graphile_worker.add_job('child-ended', json_build_object('runId', r.id::text), priority := 0);
  end if;
  return v_status;
end $$;

-- Starts runs, all with one call. Repeating a request with the same requestKey answers the run that it started.
-- p: [{projectId, pipelineId, graphId, programId, version, trigger, mode, input, requestKey, start: {starts, arrivals}, pins?, deadlineMs?,
-- parentStepId?, depth?}]. Answers [{runId, ref, existing}] in the same order.
create type sg_starting as (n int, project_id uuid, run_id bigint, ref int, steps int, a jsonb);
create function sg_start_runs(p jsonb) returns jsonb language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare v sg_starting[]; v_steps bigint[]; v_late record; v_follow jsonb;
begin
  -- One lock per project, in order: its runs are numbered without a gap.
  perform 1 from project where id in (select (a->>'projectId')::uuid from jsonb_array_elements(p) a) order by id for no key update;
  select array_agg(row(x.n, x.project, nextval('run_id_seq'), 0, 0, x.a)::sg_starting order by x.n) into v
    from (select n::int, (a->>'projectId')::uuid as project, a,
                 row_number() over (partition by a->>'projectId', coalesce(a->>'requestKey', n::text) order by n) as again
            from jsonb_array_elements(p) with ordinality as e(a, n)) x
   where again = 1
     -- With `or` it is looked up for each request; a join would read all runs there are.
     and (x.a->>'requestKey' is null or not exists (select from run r where r.project_id = x.project and r.request_key = x.a->>'requestKey'));
  if v is not null then
    select array_agg(row(s.n, s.project_id, s.run_id, j.next_run_ref - 1 + s.rank, jsonb_array_length(s.a->'start'->'starts'), s.a)::sg_starting order by s.n) into v
      from (select u.*, row_number() over (partition by project_id order by n)::int as rank from unnest(v) u) s join project j on j.id = s.project_id;
    update project j set next_run_ref = next_run_ref + c.n
      from (select project_id, count(*)::int as n from unnest(v) group by 1) c where j.id = c.project_id;
    insert into run (id, project_id, pipeline_id, graph_id, program_id, version, ref, trigger, mode, input, request_key, pins, deadline_at, parent_step_id, depth, seq, active)
    select run_id, project_id, (a->>'pipelineId')::uuid, (a->>'graphId')::bigint, (a->>'programId')::bigint, (a->>'version')::int, ref, a->>'trigger', a->>'mode',
           a->'input', a->>'requestKey', nullif(a->'pins', 'null'), now() + (a->>'deadlineMs')::bigint * interval '1 ms', (a->>'parentStepId')::bigint,
           coalesce((a->>'depth')::int, 0), 1, steps
      from unnest(v);
    insert into live_run select run_id from unnest(v);
    insert into run_event (run_id, seq, events) select run_id, 1, '[{"kind": "run.queued", "data": {}}]' from unnest(v);
    with made as (
      insert into step (run_id, state, path, status)
      select run_id, s->>'state', s->>'path', 'ready' from unnest(v), jsonb_array_elements(a->'start'->'starts') s returning id)
    select array_agg(id order by id) into v_steps from made;
    -- Several triggers: what hangs on those that did not fire settles now.
    for v_late in select * from unnest(v) u where jsonb_array_length(u.a->'start'->'arrivals') > 0 loop
      v_follow := sg_follow(v_late.run_id, (v_late.a->>'programId')::bigint, '[]', v_late.a->'start'->'arrivals');
      update run set active = active + jsonb_array_length(v_follow->'steps') where id = v_late.run_id;
      v_steps := v_steps || array(select x::bigint from jsonb_array_elements_text(v_follow->'steps') x);
    end loop;
    perform sg_add_jobs(v_steps, now());
    perform graphile_worker.add_job('deadline', json_build_object('runId', run_id::text), run_at := now() + (a->>'deadlineMs')::bigint * interval '1 ms')
       from unnest(v) where a->>'deadlineMs' is not null;
  end if;
  return (select jsonb_agg(case when s.run_id is not null then jsonb_build_object('runId', s.run_id::text, 'ref', s.ref, 'existing', false)
                   else (select jsonb_build_object('runId', r.id::text, 'ref', r.ref, 'existing', true) from run r
                          where r.project_id = (e.a->>'projectId')::uuid and r.request_key = e.a->>'requestKey') end order by e.n)
            from jsonb_array_elements(p) with ordinality as e(a, n) left join unnest(v) s on s.n = e.n);
end $$;

-- Gives steps to a worker, all with one call: those that are ready, and those whose time to go on has come. A step that
-- goes on after a wait keeps its attempt. Answers the claimed ones; of the others somebody else takes care.
create type sg_claiming as (run_id bigint, step_id bigint, waited boolean, starts boolean, decision jsonb);
create function sg_claim(p_worker bigint, p_steps bigint[]) returns jsonb language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare v sg_claiming[]; v_claimed jsonb;
begin
  perform 1 from run where id in (select run_id from step where id = any(p_steps)) order by id for update;
  if not exists (select from worker where id = p_worker and dead_at is null and stopped_at is null) then return '[]'; end if;
  select array_agg(row(s.run_id, s.id, s.waited, s.starts, s.decision)::sg_claiming order by s.run_id, s.id) into v
    from (select s.run_id, s.id, s.status = 'waiting' as waited,
                 coalesce(s.decision is null and (s.status = 'ready' or s.waiting->>'kind' = 'retry') or s.decision->>'kind' = 'retry', false) as starts,
                 case when s.status = 'waiting' and s.waiting->>'kind' <> 'retry' then '{"kind": "timer"}'::jsonb else s.decision end as decision
            from step s join run r on r.id = s.run_id
           where s.id = any(p_steps) and r.status in ('queued', 'running', 'waiting') and r.paused_at is null
             and (s.status = 'ready' or (s.status = 'waiting' and s.wake_at <= now() + interval '20 ms'))) s;
  if v is null then return '[]'; end if;

  with taken as (
    update step s set status = 'running', lease = p_worker, waiting = null, wake_at = null, decision = c.decision,
           attempt = s.attempt + c.starts::int, started_at = coalesce(s.started_at, now()), attempt_at = now()
      from unnest(v) c join run r on r.id = c.run_id where s.id = c.step_id
    returning r.generation, s.run_id, s.id, s.state, s.path, s.attempt, s.decision, s.started_at, c.waited),
  change as (
    select run_id, count(*)::int as n, count(*) filter (where waited)::int as waited,
           jsonb_agg(sg_event('step.started', jsonb_build_object('state', state, 'path', path, 'attempt', attempt)) order by id) as events
      from taken group by 1),
  changed as (
    update run r set active = r.active + c.waited, waiting = r.waiting - c.waited, status = 'running', started_at = coalesce(r.started_at, now()),
           seq = r.seq + c.n + (r.status <> 'running')::int
      from change c join run o on o.id = c.run_id where r.id = c.run_id
    returning r.id, r.seq, c.events || case o.status when 'queued' then sg_event('run.started', '{}') when 'waiting' then sg_event('run.resumed', '{}') else '[]' end as events),
  told as (insert into run_event (run_id, seq, events) select id, seq, events from changed)
  select jsonb_agg(jsonb_build_object('runId', run_id::text, 'stepId', id::text, 'state', state, 'path', path, 'attempt', attempt, 'decision', decision,
           'generation', generation, 'waitedMs', round(extract(epoch from now() - started_at) * 1000)) order by id) into v_claimed from taken;

  delete from event_waiter where step_id in (select step_id from unnest(v) where waited);
  perform graphile_worker.add_job('cancel-children', json_build_object('stepId', step_id::text))
     from unnest(v) where waited and decision->>'kind' = 'timer' and exists (select from run where parent_step_id = step_id);
  return v_claimed;
end $$;

-- Begins the next iterations of a map while fewer than its concurrency are under way. Answers the ids of the steps.
create function sg_begin_items(p_run bigint, p_program bigint, p_map_step bigint, p_count int) returns bigint[] language plpgsql as $$
declare m map_run; s step; steps bigint[] := '{}'; item_path text;
begin
  select * into m from map_run where step_id = p_map_step;
  select * into s from step where id = p_map_step;
  for n in 1..p_count loop
    exit when m.next >= m.total;
    item_path := sg_child_path(s.path, s.state, m.next);
    steps := steps || array(select x::bigint from jsonb_array_elements_text(sg_follow(p_run, p_program,
      (select coalesce(jsonb_agg(jsonb_build_object('state', b, 'path', item_path)), '[]') from jsonb_array_elements_text(m.body->'starts') b),
      (select coalesce(jsonb_agg(b || jsonb_build_object('path', item_path)), '[]') from jsonb_array_elements(m.body->'arrivals') b))->'steps') x);
    m.next := m.next + 1;
  end loop;
  update map_run set next = m.next where step_id = p_map_step;
  return steps;
end $$;

create function sg_map_progress(s step, m map_run) returns jsonb language sql immutable as
$$ select sg_event('map.progress', jsonb_build_object('state', (s).state, 'path', (s).path, 'total', (m).total, 'finished', (m).finished, 'failed', (m).failed)) $$;

-- Ends the iteration at `p_path`: notes its result; a loop that goes on makes its next item; begins the next iteration, or
-- wakes the map when this was the last or too many failed. Answers {steps, events, active, waiting}: changes for sg_close.
create function sg_end_item(r run, p_path text, p_item jsonb) returns jsonb language plpgsql as $$
declare
  v_cut text := substring(p_path from '^(.*)/[^/]*$');
  v_last text := case when v_cut is null then p_path else substring(p_path from length(v_cut) + 2) end;
  v_index int := split_part(v_last, ':', 2)::int; v_failed boolean := p_item->>'outcome' = 'error'; v_loops boolean;
  m map_run; s step; v_steps bigint[] := '{}'; v_gone jsonb; v_events jsonb; v_active int := 0; v_waiting int := 0; v_stop boolean;
begin
  select * into s from step where run_id = r.id and state = split_part(v_last, ':', 1) and path = coalesce(v_cut, '');
  select * into m from map_run where step_id = s.id;
  update map_item set outcome = p_item->>'outcome', result = nullif(p_item->'result', 'null') where step_id = s.id and index = v_index and outcome is null;
  if not found then return jsonb_build_object('steps', '[]'::jsonb, 'events', '[]'::jsonb, 'active', 0, 'waiting', 0); end if;
  v_loops := (m.body->>'loop')::boolean and not v_failed and (p_item->>'again')::boolean and m.total < (m.body->>'bound')::int;
  if v_loops then insert into map_item (step_id, index, value) values (s.id, m.total, coalesce(p_item->'result', 'null')); end if;
  update map_run set finished = finished + 1, failed = failed + v_failed::int, total = total + v_loops::int where step_id = s.id returning * into m;
  v_events := jsonb_build_array(sg_map_progress(s, m));
  v_stop := v_failed and m.failed > (m.body->>'tolerates')::int;
  if s.status = 'waiting' and (v_stop or m.finished = m.total) then
    if v_stop then
      for i in 0..m.next - 1 loop
        v_gone := sg_cancel_steps(r.id, sg_child_path(s.path, s.state, i), null);
        v_events := v_events || (v_gone->'events');
        v_active := v_active - (v_gone->>'active')::int; v_waiting := v_waiting - (v_gone->>'waiting')::int;
      end loop;
    end if;
    update step set status = 'ready', waiting = null,
      decision = case when v_stop then jsonb_build_object('kind', 'item-failed', 'index', v_index, 'failure', p_item->'result')
                      else jsonb_build_object('kind', 'items-done', 'limit', coalesce((m.body->>'loop')::boolean and (p_item->>'again')::boolean, false)) end
     where id = s.id;
    v_steps := array[s.id];
    v_waiting := v_waiting - 1;
  elsif s.status = 'waiting' then
    v_steps := sg_begin_items(r.id, r.program_id, s.id, 1);
  end if;
  return jsonb_build_object('steps', to_jsonb(v_steps), 'events', v_events, 'active', v_active + coalesce(array_length(v_steps, 1), 0), 'waiting', v_waiting);
end $$;

create function sg_store_value(p_step bigint, v jsonb, p_output jsonb) returns void language sql as $$
  insert into step_value (step_id, input, output, provenance, logs)
  select p_step, nullif(v->'input', 'null'), nullif(p_output, 'null'), coalesce(v->'provenance', '[]'), coalesce(v->'logs', '[]')
   where v is not null or nullif(p_output, 'null') is not null
  on conflict (step_id) do update set input = coalesce(excluded.input, step_value.input), output = excluded.output,
    provenance = step_value.provenance || excluded.provenance, logs = step_value.logs || excluded.logs
$$;

-- One transition that does more than finish a step. p: {step, attempt, transition, value?, mapBody?, item?, task?: {token, title, subject}, keep}.
-- Answers {next: claimed steps}, null where it is refused. Needs the run's lock.
create function sg_commit_one(p_worker bigint, p jsonb, p_keep int) returns jsonb language plpgsql as $$
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
    insert into map_run (step_id, run_id, total, next, body) values (v_step, r.id, jsonb_array_length(t->'map'->'items'), 0, p->'mapBody') returning * into m;
    insert into map_item (step_id, index, value) select v_step, n - 1, i from jsonb_array_elements(t->'map'->'items') with ordinality as x(i, n);
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
