-- A price says all that a bill depends on: cached input, batches, and the longest answer, which bounds what a call may cost.
alter table price
  add column cached_input_micros bigint,
  add column batch_permille integer not null default 1000,
  add column longest_answer integer,
  add column set_by text;
-- Prices that earlier versions shipped, completed with what their provider published with them.
update price p set cached_input_micros = x.cached, batch_permille = 500, longest_answer = x.longest
  from (values ('gpt-4o-mini', 75000, 16384), ('gpt-4o', 1250000, 16384), ('gpt-4.1', 500000, 32768), ('gpt-4.1-mini', 100000, 32768),
    ('gpt-4.1-nano', 25000, 32768), ('o4-mini', 275000, 100000), ('o3', 500000, 100000), ('gpt-5', 125000, 128000),
    ('gpt-5-mini', 25000, 128000), ('gpt-5-nano', 5000, 128000)) as x(model, cached, longest)
 where p.provider = 'openai' and p.model = x.model;

alter table spend add column cached_input_tokens integer not null default 0;

-- What was paid names its price: a row is replaced by a newer one, never changed.
create function sg_keep_price() returns trigger language plpgsql as $$
begin
  raise exception 'a price is never changed: add a newer row for % %', old.provider, old.model using errcode = 'integrity_constraint_violation';
end $$;
create trigger price_is_kept before update or delete on price for each row execute function sg_keep_price();

create or replace function sg_record_spend(p jsonb) returns boolean language plpgsql as $$
declare r run; v_cost bigint := (p->>'costMicros')::bigint;
begin
  select * into r from run where id = (p->>'runId')::bigint for update;
  insert into spend (project_id, run_id, step_id, state, path, call_key, request_hash, provider, model, rehearsal, input_tokens, cached_input_tokens, output_tokens, price_id, cost_micros, answer)
  values ((p->>'projectId')::uuid, r.id, (p->>'stepId')::bigint, p->>'state', p->>'path', p->>'callKey', p->>'requestHash', p->>'provider', p->>'model',
    (p->>'rehearsal')::boolean, (p->>'inputTokens')::int, coalesce((p->>'cachedInputTokens')::int, 0), (p->>'outputTokens')::int, p->>'priceId', v_cost, p->'answer')
  on conflict (call_key) do nothing;
  if not found then return false; end if;
  update step set cost_micros = cost_micros + v_cost where id = (p->>'stepId')::bigint;
  update run set spend_micros = spend_micros + v_cost where id = r.id;
  perform sg_close(r.id, jsonb_build_array(sg_event('spend', jsonb_build_object('state', p->>'state', 'path', p->>'path', 'costMicros', v_cost))),
    case when sg_terminal(r.status) then jsonb_build_object('end', r.status) else '{"claimed": true}' end);
  return true;
end $$;
