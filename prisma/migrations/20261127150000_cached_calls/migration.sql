-- Whether an earlier answer stood for a call: told to whoever follows the run, and counted without reading the answers.
alter table spend add column cached boolean not null default false;
update spend set cached = true where answer->'answer'->'cached' is not null;
create index spend_cached_idx on spend (run_id) where cached;

-- A call counts for the day on which it began: what it reserved there is what it settles there.
create or replace function sg_record_spend(p jsonb) returns boolean language plpgsql as $$
declare r run; v spend_reservation; v_cost bigint := (p->>'costMicros')::bigint; v_budgets boolean; v_new boolean; b record;
  v_cached boolean := coalesce((p->>'cached')::boolean, false);
begin
  select * into r from run where id = (p->>'runId')::bigint for update;
  if p->>'reservation' is not null then select * into v from spend_reservation where id = (p->>'reservation')::bigint; end if;
  v_budgets := v.id is not null or v_cost <> 0;
  if v_budgets then perform sg_lock_periods(r.project_id, r.pipeline_id, r.id, coalesce(v.at, now())); end if;
  insert into spend (project_id, run_id, step_id, state, path, call_key, request_hash, provider, model, rehearsal, input_tokens, cached_input_tokens, output_tokens, price_id, cost_micros, answer, at,
    pipeline_id, version, task_class, entity_id, counted_tokens, estimate_p50_micros, estimate_p90_micros, cached)
  values ((p->>'projectId')::uuid, r.id, (p->>'stepId')::bigint, p->>'state', p->>'path', p->>'callKey', p->>'requestHash', p->>'provider', p->>'model',
    (p->>'rehearsal')::boolean, (p->>'inputTokens')::int, coalesce((p->>'cachedInputTokens')::int, 0), (p->>'outputTokens')::int, p->>'priceId', v_cost, p->'answer',
    coalesce(v.at, now()), r.pipeline_id, r.version, coalesce(p->>'taskClass', 'standard'), sg_entity_of(r.id, p->'reads', p->'paths'),
    (p->>'countedTokens')::int, (p->>'estimateP50')::bigint, (p->>'estimateP90')::bigint, v_cached)
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
  perform sg_close(r.id, jsonb_build_array(sg_event('spend', jsonb_build_object('state', p->>'state', 'path', p->>'path', 'costMicros', v_cost)
    || case when v_cached then '{"cached": true}' else '{}'::jsonb end)),
    case when sg_terminal(r.status) then jsonb_build_object('end', r.status) else '{"claimed": true}' end);
  return true;
end $$;
