-- Budgets: what a run, a pipeline, a project, a day or a month may cost. A model call reserves its worst case before it is
-- made and settles what it did cost with the row of `spend`. The row of a budget's period is what all of them lock, so
-- that runs at the same time cannot overspend it together.

create table budget (
  id uuid not null,
  project_id uuid not null,
  pipeline_id uuid,
  kind text not null,
  limit_micros bigint not null,
  hard boolean not null,
  time_zone text not null,
  created_by text not null,
  created_at timestamptz(3) not null default current_timestamp,
  removed_at timestamptz(3),
  constraint budget_pkey primary key (id)
);
create index budget_project_id_idx on budget (project_id);
alter table budget add constraint budget_project_id_fkey foreign key (project_id) references project (id) on delete cascade on update cascade;
alter table budget add constraint budget_pipeline_id_fkey foreign key (pipeline_id) references pipeline (id) on delete cascade on update cascade;

create table budget_period (
  budget_id uuid not null,
  period text not null,
  spent_micros bigint not null default 0,
  reserved_micros bigint not null default 0,
  raised_micros bigint not null default 0,
  told_at timestamptz(3),
  constraint budget_period_pkey primary key (budget_id, period)
);
alter table budget_period add constraint budget_period_budget_id_fkey foreign key (budget_id) references budget (id) on delete cascade on update cascade;

create table spend_reservation (
  id bigserial not null,
  run_id bigint not null,
  step_id bigint not null,
  worker bigint not null,
  micros bigint not null,
  periods jsonb not null,
  at timestamptz(3) not null default current_timestamp,
  constraint spend_reservation_pkey primary key (id)
);
create index spend_reservation_worker_idx on spend_reservation (worker);

create table budget_hold (
  step_id bigint not null,
  run_id bigint not null,
  budget_id uuid not null,
  period text not null,
  micros bigint not null,
  asked boolean not null,
  at timestamptz(3) not null default current_timestamp,
  constraint budget_hold_pkey primary key (step_id)
);
create index budget_hold_budget_id_period_idx on budget_hold (budget_id, period);
create index budget_hold_run_id_idx on budget_hold (run_id);

-- What a call is attributed to, as it was when it was paid, and what it was expected to cost.
alter table spend
  add column pipeline_id uuid,
  add column version integer,
  add column task_class text not null default 'standard',
  add column entity_id uuid,
  add column counted_tokens integer,
  add column estimate_p50_micros bigint,
  add column estimate_p90_micros bigint;
update spend s set pipeline_id = r.pipeline_id, version = r.version from run r where r.id = s.run_id;
create index spend_pipeline_id_state_id_idx on spend (pipeline_id, state, id desc);

-- The period of a budget in which a moment lies: the run, the day or the month, or all time.
create function sg_period(b budget, p_run bigint, p_at timestamptz) returns text language sql stable as $$
  select case b.kind when 'run' then p_run::text when 'day' then to_char(p_at at time zone b.time_zone, 'YYYY-MM-DD')
                     when 'month' then to_char(p_at at time zone b.time_zone, 'YYYY-MM') else '' end
$$;

create function sg_period_begins(b budget, p_period text) returns timestamptz language sql stable as $$
  select case b.kind when 'day' then p_period::date::timestamp at time zone b.time_zone
                     when 'month' then (p_period || '-01')::date::timestamp at time zone b.time_zone else '-infinity' end
$$;

create function sg_period_ends(b budget, p_period text) returns timestamptz language sql stable as $$
  select case b.kind when 'day' then (p_period::date + 1)::timestamp at time zone b.time_zone
                     when 'month' then ((p_period || '-01')::date + interval '1 month')::timestamp at time zone b.time_zone else 'infinity' end
$$;

-- What was paid in a period: what its row must say.
create function sg_spent(b budget, p_period text) returns bigint language sql stable as $$
  select coalesce(sum(s.cost_micros), 0)::bigint from spend s
   where s.project_id = b.project_id and s.at >= sg_period_begins(b, p_period) and s.at < sg_period_ends(b, p_period)
     and (b.kind <> 'run' or s.run_id::text = p_period)
     and (b.pipeline_id is null or s.pipeline_id = b.pipeline_id)
$$;

create function sg_budgets_of(p_project uuid, p_pipeline uuid, p_run bigint, p_at timestamptz) returns table (b budget, period text) language sql stable as $$
  select b, sg_period(b, p_run, p_at) from budget b
   where b.project_id = p_project and b.removed_at is null and (b.pipeline_id is null or b.pipeline_id = p_pipeline)
$$;

-- Locks the periods that a call of a run falls into, in the order of their budgets, and makes those that are not there yet
-- from what was paid. Making one excludes everyone who settles meanwhile, or what they pay would be counted never or twice.
create function sg_lock_periods(p_project uuid, p_pipeline uuid, p_run bigint, p_at timestamptz) returns void language plpgsql as $$
declare v_key bigint := hashtextextended('budget:' || p_project, 0);
begin
  if exists (select from sg_budgets_of(p_project, p_pipeline, p_run, p_at) x
              where not exists (select from budget_period p where p.budget_id = (x.b).id and p.period = x.period)) then
    perform pg_advisory_xact_lock(v_key);
    insert into budget_period (budget_id, period, spent_micros)
    select (x.b).id, x.period, sg_spent(x.b, x.period) from sg_budgets_of(p_project, p_pipeline, p_run, p_at) x
     where not exists (select from budget_period p where p.budget_id = (x.b).id and p.period = x.period)
    on conflict do nothing;
  else
    perform pg_advisory_xact_lock_shared(v_key);
  end if;
  perform from budget_period p join sg_budgets_of(p_project, p_pipeline, p_run, p_at) x on p.budget_id = (x.b).id and p.period = x.period
    order by p.budget_id for update of p;
end $$;

-- Someone waits for room in a period: have a worker look whether there is some.
create function sg_look_at_budget(p_budget uuid, p_period text) returns void language plpgsql as $$
begin
  if exists (select from budget_hold where budget_id = p_budget and period = p_period) then
    perform graphile_worker.add_job('budget', json_build_object('budgetId', p_budget, 'period', p_period), job_key := 'budget:' || p_budget || ':' || p_period);
  end if;
end $$;

-- Before a model call: reserves what it may cost at worst, in every budget that it falls under, or answers which hard one
-- has no room. Answers {ok, id, bounded} or {ok: false, hold} or {ok: false, unpriced}. `asks`: it has no room even if what
-- is under way costs nothing, so the operator is asked; otherwise the call waits for others to settle.
create function sg_reserve_spend(p jsonb) returns jsonb language plpgsql as $$
declare r run; v record; v_id bigint; v_micros bigint := (p->>'micros')::bigint; v_hard boolean;
begin
  select * into r from run where id = (p->>'runId')::bigint;
  if not exists (select from budget where project_id = r.project_id and removed_at is null) then return '{"ok": true, "id": null, "bounded": false}'; end if;
  perform sg_lock_periods(r.project_id, r.pipeline_id, r.id, now());
  select bool_or((x.b).hard) into v_hard from sg_budgets_of(r.project_id, r.pipeline_id, r.id, now()) x;
  if v_micros is null then
    return case when v_hard then '{"ok": false, "unpriced": true}'::jsonb else '{"ok": true, "id": null, "bounded": false}' end;
  end if;
  select (x.b).id as budget_id, (x.b).kind, x.period, (x.b).limit_micros + q.raised_micros as most, q.spent_micros, q.reserved_micros, sg_period_ends(x.b, x.period) as ends,
         q.spent_micros + v_micros > (x.b).limit_micros + q.raised_micros as asks
    into v
    from sg_budgets_of(r.project_id, r.pipeline_id, r.id, now()) x join budget_period q on q.budget_id = (x.b).id and q.period = x.period
   where (x.b).hard and q.spent_micros + q.reserved_micros + v_micros > (x.b).limit_micros + q.raised_micros
   order by 8 desc, (x.b).id limit 1;
  if v.budget_id is not null then
    return jsonb_build_object('ok', false, 'hold', jsonb_build_object('budgetId', v.budget_id, 'budget', v.kind, 'period', v.period, 'limitMicros', v.most,
      'spentMicros', v.spent_micros, 'reservedMicros', v.reserved_micros, 'neededMicros', v_micros, 'asks', v.asks,
      'renewsAtMs', case when v.ends <> 'infinity' then floor(extract(epoch from v.ends) * 1000) end));
  end if;
  insert into spend_reservation (run_id, step_id, worker, micros, periods)
  select r.id, (p->>'stepId')::bigint, (p->>'worker')::bigint, v_micros, coalesce(jsonb_agg(jsonb_build_array((x.b).id, x.period)), '[]')
    from sg_budgets_of(r.project_id, r.pipeline_id, r.id, now()) x
  returning id into v_id;
  update budget_period q set reserved_micros = reserved_micros + v_micros
    from sg_budgets_of(r.project_id, r.pipeline_id, r.id, now()) x where q.budget_id = (x.b).id and q.period = x.period;
  return jsonb_build_object('ok', true, 'id', v_id::text, 'bounded', coalesce(v_hard, false));
end $$;

-- Gives back what a call reserved that was not made, or cost nothing.
create function sg_release_spend(p_id bigint) returns boolean language plpgsql as $$
declare v spend_reservation;
begin
  delete from spend_reservation where id = p_id returning * into v;
  if v.id is null then return false; end if;
  perform from budget_period q join jsonb_array_elements(v.periods) x on q.budget_id = (x->>0)::uuid and q.period = x->>1 order by q.budget_id for update of q;
  update budget_period q set reserved_micros = reserved_micros - v.micros
    from jsonb_array_elements(v.periods) x where q.budget_id = (x->>0)::uuid and q.period = x->>1;
  perform sg_look_at_budget((x->>0)::uuid, x->>1) from jsonb_array_elements(v.periods) x;
  return true;
end $$;

-- Whom a call is about: the last customer, order or other record that a step found or wrote whose output leads to it.
create function sg_entity_of(p_run bigint, p_reads jsonb, p_paths jsonb) returns uuid language sql stable as $$
  select (e->>'entityId')::uuid
    from step s join step_value v on v.step_id = s.id, jsonb_array_elements(v.provenance) e
   where s.run_id = p_run and s.state in (select jsonb_array_elements_text(p_reads)) and s.path in (select jsonb_array_elements_text(p_paths))
     and e->>'kind' = 'entity'
   order by s.id desc limit 1
$$;

-- A call counts for the day on which it began: what it reserved there is what it settles there.
create or replace function sg_record_spend(p jsonb) returns boolean language plpgsql as $$
declare r run; v spend_reservation; v_cost bigint := (p->>'costMicros')::bigint; v_budgets boolean; v_new boolean; b record;
begin
  select * into r from run where id = (p->>'runId')::bigint for update;
  if p->>'reservation' is not null then select * into v from spend_reservation where id = (p->>'reservation')::bigint; end if;
  v_budgets := v.id is not null or v_cost <> 0;
  if v_budgets then perform sg_lock_periods(r.project_id, r.pipeline_id, r.id, coalesce(v.at, now())); end if;
  insert into spend (project_id, run_id, step_id, state, path, call_key, request_hash, provider, model, rehearsal, input_tokens, cached_input_tokens, output_tokens, price_id, cost_micros, answer, at,
    pipeline_id, version, task_class, entity_id, counted_tokens, estimate_p50_micros, estimate_p90_micros)
  values ((p->>'projectId')::uuid, r.id, (p->>'stepId')::bigint, p->>'state', p->>'path', p->>'callKey', p->>'requestHash', p->>'provider', p->>'model',
    (p->>'rehearsal')::boolean, (p->>'inputTokens')::int, coalesce((p->>'cachedInputTokens')::int, 0), (p->>'outputTokens')::int, p->>'priceId', v_cost, p->'answer',
    coalesce(v.at, now()), r.pipeline_id, r.version, coalesce(p->>'taskClass', 'standard'), sg_entity_of(r.id, p->'reads', p->'paths'),
    (p->>'countedTokens')::int, (p->>'estimateP50')::bigint, (p->>'estimateP90')::bigint)
  on conflict (call_key) do nothing;
  v_new := found;
  if v_new and v_cost <> 0 then
    update budget_period q set spent_micros = spent_micros + v_cost
      from sg_budgets_of(r.project_id, r.pipeline_id, r.id, coalesce(v.at, now())) x where q.budget_id = (x.b).id and q.period = x.period;
    for b in
      update budget_period q set told_at = now()
        from sg_budgets_of(r.project_id, r.pipeline_id, r.id, coalesce(v.at, now())) x
       where q.budget_id = (x.b).id and q.period = x.period and q.told_at is null and q.spent_micros >= (x.b).limit_micros + q.raised_micros
      returning (x.b).id, (x.b).kind, (x.b).hard, q.period, q.spent_micros, (x.b).limit_micros + q.raised_micros as most loop
      insert into audit_entry (project_id, actor, action, subject, details) values (r.project_id, 'engine', 'budget.reached', b.id::text,
        jsonb_build_object('kind', b.kind, 'hard', b.hard, 'period', b.period, 'spentMicros', b.spent_micros, 'limitMicros', b.most, 'runId', r.id::text));
    end loop;
  end if;
  if v.id is not null then perform sg_release_spend(v.id); end if;
  if not v_new then return false; end if;
  update step set cost_micros = cost_micros + v_cost where id = (p->>'stepId')::bigint;
  update run set spend_micros = spend_micros + v_cost where id = r.id;
  perform sg_close(r.id, jsonb_build_array(sg_event('spend', jsonb_build_object('state', p->>'state', 'path', p->>'path', 'costMicros', v_cost))),
    case when sg_terminal(r.status) then jsonb_build_object('end', r.status) else '{"claimed": true}' end);
  return true;
end $$;

-- Lets those go on that wait for room in a period, the first first, as far as there is room now. One that waits for others
-- to settle although it cannot fit any more goes on, too, to ask the operator. Answers the runs.
create function sg_wake_budget(p_budget uuid, p_period text) returns bigint[] language plpgsql as $$
declare v_steps bigint[]; v_runs bigint[] := '{}'; b budget; q budget_period; h budget_hold; r run; v_most bigint; v_room bigint; v_over boolean;
begin
  select array_agg(step_id) into v_steps from (select step_id from budget_hold where budget_id = p_budget and period = p_period order by at, step_id limit 500) x;
  if v_steps is null then return v_runs; end if;
  perform 1 from run where id in (select run_id from budget_hold where step_id = any(v_steps)) order by id for update;
  select * into b from budget where id = p_budget;
  select * into q from budget_period where budget_id = p_budget and period = p_period for update;
  v_over := b.id is null or b.removed_at is not null or not b.hard or q.budget_id is null or now() >= sg_period_ends(b, p_period);
  v_most := b.limit_micros + q.raised_micros;
  v_room := v_most - q.spent_micros - q.reserved_micros;
  for h in select * from budget_hold where step_id = any(v_steps) and budget_id = p_budget and period = p_period order by at, step_id loop
    if v_over or h.micros <= v_room or (not h.asked and q.spent_micros + h.micros > v_most) then
      if h.micros <= v_room then v_room := v_room - h.micros; end if;
      select * into r from run where id = h.run_id;
      delete from budget_hold where step_id = h.step_id;
      if r.id is not null and not sg_terminal(r.status) and exists (select from step where id = h.step_id and status = 'waiting' and waiting->>'kind' = 'budget')
         and sg_resume(r, h.step_id, (select coalesce(decision, '{"kind": "budget"}') from step where id = h.step_id)) then
        update task set status = 'cancelled', decided_at = now() where step_id = h.step_id and status = 'open' and kind = 'budget';
        v_runs := v_runs || r.id;
      end if;
    end if;
  end loop;
  return v_runs;
end $$;

-- The operator's choice about a step that a hard budget holds: raise it for this period, wait, or stop the step.
create function sg_decide_budget(p jsonb) returns jsonb language plpgsql as $$
declare k task; r run; h budget_hold;
begin
  select * into k from task where id = (p->>'taskId')::uuid and project_id = (p->>'projectId')::uuid and kind = 'budget';
  if k.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  select * into r from run where id = k.run_id for update;
  select * into k from task where id = k.id for update;
  if k.status <> 'open' then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  if k.token <> p->>'token' then return '{"ok": false, "reason": "token"}'; end if;
  select * into h from budget_hold where step_id = k.step_id;
  if sg_terminal(r.status) or h.step_id is null then return '{"ok": false, "reason": "gone"}'; end if;
  update task set status = 'decided', decided_at = now(), decision = jsonb_build_object('choice', p->>'choice', 'by', p->>'by') where id = k.id;
  if p->>'choice' = 'raise' then
    update budget_period q set raised_micros = greatest(raised_micros, (p->>'toMicros')::bigint - b.limit_micros), told_at = null
      from budget b where b.id = q.budget_id and q.budget_id = h.budget_id and q.period = h.period;
    -- Whom nobody asks any more is asked again where it is still not enough.
    update budget_hold x set asked = false where x.budget_id = h.budget_id and x.period = h.period
       and not exists (select from task where step_id = x.step_id and status = 'open' and kind = 'budget');
    perform sg_look_at_budget(h.budget_id, h.period);
  elsif p->>'choice' = 'stop' then
    delete from budget_hold where step_id = k.step_id;
    if not sg_resume(r, k.step_id, jsonb_build_object('kind', 'stop', 'failure', p->'failure')) then return '{"ok": false, "reason": "gone"}'; end if;
  end if;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->>'by', 'budget.' || (p->>'choice'), h.budget_id::text,
    jsonb_build_object('runId', r.id::text, 'state', k.state, 'path', k.path, 'period', h.period, 'toMicros', p->'toMicros'));
  return jsonb_build_object('ok', true, 'runId', r.id::text);
end $$;

-- What nobody else mends: reservations of workers that are gone, holds of steps that no longer wait, room that nobody told of.
create function sg_sweep_budgets() returns void language plpgsql as $$
begin
  perform sg_release_spend(v.id) from (
    select v.id from spend_reservation v
     where v.at < now() - interval '1 hour' or not exists (select from worker w where w.id = v.worker and w.dead_at is null and w.stopped_at is null)
     order by v.id) v;
  delete from budget_hold h where not exists (select from step s where s.id = h.step_id and s.status = 'waiting' and s.waiting->>'kind' = 'budget');
  perform sg_look_at_budget(h.budget_id, h.period)
     from (select budget_id, period, min(micros) as least, bool_or(not asked) as unasked from budget_hold group by 1, 2) h
     left join budget b on b.id = h.budget_id left join budget_period q on q.budget_id = h.budget_id and q.period = h.period
    where b.id is null or b.removed_at is not null or not b.hard or q.budget_id is null or now() >= sg_period_ends(b, h.period) or h.unasked
       or q.spent_micros + q.reserved_micros + h.least <= b.limit_micros + q.raised_micros;
end $$;

-- As before, and: a step that a budget holds keeps what it had been woken with, so that it goes on where it stood.
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
  update step set status = v_kind, lease = null, outcome = t->>'outcome', failure = v_failure, wake_at = v_wake,
    decision = case when t->'waiting'->>'kind' = 'budget' then coalesce(decision, '{"kind": "budget"}') end,
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
  if t->'waiting'->>'kind' = 'budget' then
    insert into budget_hold (step_id, run_id, budget_id, period, micros, asked)
    values (v_step, r.id, (t->'waiting'->>'budgetId')::uuid, t->'waiting'->>'period', (t->'waiting'->>'neededMicros')::bigint, (t->'waiting'->>'asks')::boolean)
    on conflict (step_id) do update set budget_id = excluded.budget_id, period = excluded.period, micros = excluded.micros, asked = excluded.asked, at = now();
    -- Room may have come since it was refused.
    perform sg_look_at_budget((t->'waiting'->>'budgetId')::uuid, t->'waiting'->>'period');
  end if;

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

-- As before; what a budget held asks again.
create or replace function sg_reopen(s step, p_decision jsonb) returns boolean language plpgsql as $$
declare v_waiting jsonb; v_wake timestamptz;
begin
  if s.status = 'cancelled' and p_decision is null and exists (select from step_attempt a where a.step_id = s.id and a.attempt = s.attempt and a.result = 'waiting') then
    select e.data->'waiting' into v_waiting from run_event_each e
     where e.run_id = s.run_id and e.kind = 'step.waiting' and e.data->>'state' = s.state and e.data->>'path' = s.path order by e.seq desc limit 1;
  end if;
  if v_waiting->>'kind' in ('child', 'budget') then v_waiting := null; end if;
  if v_waiting->>'kind' in ('approval', 'decision', 'failure') then
    update task set status = 'open', decided_at = null where step_id = s.id and status = 'cancelled' and decided_at = s.ended_at;
    if not found then v_waiting := null; end if;
    perform graphile_worker.add_job('expire', json_build_object('taskId', id), run_at => greatest(now(), expires_at))
       from task where step_id = s.id and status = 'open' and expires_at is not null;
  end if;
  if s.status = 'failed' and s.attempt > 0 then
    insert into step_attempt (step_id, attempt, worker, started_at, ended_at, result, failure)
    values (s.id, s.attempt, 0, coalesce(s.attempt_at, s.started_at, now()), s.ended_at, 'failed', s.failure) on conflict (step_id, attempt) do nothing;
  end if;
  perform sg_doubt_effects(s.id);
  v_wake := to_timestamp((v_waiting->>'untilMs')::float8 / 1000);
  update step set status = case when v_waiting is null then 'ready' else 'waiting' end, waiting = v_waiting, wake_at = v_wake, lease = null, outcome = null, failure = null,
         decision = p_decision, seq = null, ended_at = null where id = s.id;
  if v_waiting->>'kind' = 'event' then
    insert into event_waiter (step_id, project_id, name, key)
    select s.id, r.project_id, v_waiting->>'name', v_waiting->>'key' from run r where r.id = s.run_id on conflict (step_id) do nothing;
  end if;
  if v_wake is not null then perform sg_add_jobs(array[s.id], greatest(now(), v_wake)); end if;
  return v_waiting is not null;
end $$;

CREATE OR REPLACE FUNCTION sg_forget_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM step_value WHERE step_id IN (SELECT id FROM step WHERE run_id = old.id);
  DELETE FROM step_attempt WHERE step_id IN (SELECT id FROM step WHERE run_id = old.id);
  DELETE FROM map_item WHERE step_id IN (SELECT step_id FROM map_run WHERE run_id = old.id);
  DELETE FROM event_waiter WHERE step_id IN (SELECT id FROM step WHERE run_id = old.id);
  DELETE FROM map_run WHERE run_id = old.id;
  DELETE FROM join_count WHERE run_id = old.id;
  DELETE FROM run_event WHERE run_id = old.id;
  DELETE FROM budget_hold WHERE run_id = old.id;
  DELETE FROM undo WHERE run_id = old.id;
  DELETE FROM effect WHERE run_id = old.id;
  DELETE FROM step WHERE run_id = old.id;
  DELETE FROM live_run WHERE run_id = old.id;
  RETURN NULL;
END $$;

-- As before, and looks after the budgets.
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

  perform sg_sweep_budgets();
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

-- As before, and: what waits for a budget is known to it.
create or replace view sg_stuck as
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
      union all select 'no-hold', 'waiting for a budget that does not know of it'
       where v.status = 'waiting' and v.kind = 'budget' and not exists (select from budget_hold where step_id = v.id)
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
