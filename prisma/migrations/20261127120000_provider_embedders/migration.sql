-- Vectors by a provider's model: a project's memory may be searched by one, and pays for it.
ALTER TABLE "memory_space"
    ADD COLUMN "model" TEXT,
    ADD COLUMN "problem" JSONB;

-- Vectors that were paid for, by what they are of: the same passage is not paid for twice.
CREATE TABLE "memory_vector" (
    "project_id" UUID NOT NULL,
    "embedder" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "memory_vector_pkey" PRIMARY KEY ("project_id", "embedder", "hash")
);
ALTER TABLE "memory_vector" ADD CONSTRAINT "memory_vector_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is forgotten leaves no vector behind. One that another passage of the same words had, too, is paid for again when it is needed.
create function sg_forget_vectors() returns trigger language plpgsql as $$
begin
  if exists (select from memory_vector limit 1) then
    delete from memory_vector v using gone g where v.project_id = g.project_id and v.hash = sha256(convert_to(g.text, 'UTF8'));
  end if;
  return null;
end $$;
create trigger memory_chunk_forget_vectors after delete on memory_chunk referencing old table as gone for each statement execute function sg_forget_vectors();

-- What memory pays for belongs to no run: to the project alone.
ALTER TABLE "spend" ALTER COLUMN "run_id" DROP NOT NULL, ALTER COLUMN "step_id" DROP NOT NULL;
ALTER TABLE "spend_reservation" ALTER COLUMN "run_id" DROP NOT NULL, ALTER COLUMN "step_id" DROP NOT NULL, ALTER COLUMN "worker" DROP NOT NULL;

-- As before, and: a budget for each run is about none where there is no run.
create or replace function sg_budgets_of(p_project uuid, p_pipeline uuid, p_run bigint, p_at timestamptz) returns table (b budget, period text) language sql stable as $$
  select b, sg_period(b, p_run, p_at) from budget b
   where b.project_id = p_project and b.removed_at is null and (b.pipeline_id is null or b.pipeline_id = p_pipeline) and (b.kind <> 'run' or p_run is not null)
$$;

-- Before memory asks a model: reserves what it may cost, or answers that a hard budget has no room, or cannot hold what has no price.
-- Answers {ok, id} or {ok: false, budget} or {ok: false, unpriced}.
create function sg_reserve_memory(p_project uuid, p_micros bigint) returns jsonb language plpgsql as $$
declare v_id bigint; v_kind text;
begin
  if not exists (select from budget where project_id = p_project and removed_at is null) then return '{"ok": true, "id": null}'; end if;
  perform sg_lock_periods(p_project, null, null, now());
  if p_micros is null then
    return case when exists (select from sg_budgets_of(p_project, null, null, now()) x where (x.b).hard) then '{"ok": false, "unpriced": true}'::jsonb else '{"ok": true, "id": null}' end;
  end if;
  select (x.b).kind into v_kind
    from sg_budgets_of(p_project, null, null, now()) x join budget_period q on q.budget_id = (x.b).id and q.period = x.period
   where (x.b).hard and q.spent_micros + q.reserved_micros + p_micros > (x.b).limit_micros + q.raised_micros limit 1;
  if v_kind is not null then return jsonb_build_object('ok', false, 'budget', v_kind); end if;
  insert into spend_reservation (micros, periods)
  select p_micros, coalesce(jsonb_agg(jsonb_build_array((x.b).id, x.period)), '[]') from sg_budgets_of(p_project, null, null, now()) x
  returning id into v_id;
  update budget_period q set reserved_micros = reserved_micros + p_micros
    from sg_budgets_of(p_project, null, null, now()) x where q.budget_id = (x.b).id and q.period = x.period;
  return jsonb_build_object('ok', true, 'id', v_id::text);
end $$;

-- What memory paid: one row of spend, its budgets, and what was reserved, in one commit with the vectors that came of it.
create function sg_record_memory_spend(p jsonb) returns void language plpgsql as $$
declare v_project uuid := (p->>'projectId')::uuid; v_cost bigint := (p->>'costMicros')::bigint; v_at timestamptz := now(); v spend_reservation;
begin
  if p->>'reservation' is not null then select * into v from spend_reservation where id = (p->>'reservation')::bigint; end if;
  v_at := coalesce(v.at, now());
  perform sg_lock_periods(v_project, null, null, v_at);
  insert into spend (project_id, state, path, call_key, request_hash, provider, model, rehearsal, input_tokens, output_tokens, price_id, cost_micros, answer, at, task_class)
  values (v_project, 'memory', '', p->>'callKey', p->>'requestHash', p->>'provider', p->>'model', (p->>'rehearsal')::boolean, (p->>'inputTokens')::int, 0,
    p->>'priceId', v_cost, p->'answer', v_at, 'standard');
  update budget_period q set spent_micros = spent_micros + v_cost
    from sg_budgets_of(v_project, null, null, v_at) x where q.budget_id = (x.b).id and q.period = x.period;
  if v.id is not null then perform sg_release_spend(v.id); end if;
end $$;

-- As before, and: what memory reserved has no worker whose end would tell that it is over.
create or replace function sg_sweep_budgets() returns void language plpgsql as $$
begin
  perform sg_release_spend(v.id) from (
    select v.id from spend_reservation v
     where v.at < now() - case when v.worker is null then interval '10 minutes' else interval '1 hour' end
        or (v.worker is not null and not exists (select from worker w where w.id = v.worker and w.dead_at is null and w.stopped_at is null))
     order by v.id) v;
  delete from budget_hold h where not exists (select from step s where s.id = h.step_id and s.status = 'waiting' and s.waiting->>'kind' = 'budget');
  perform sg_look_at_budget(h.budget_id, h.period)
     from (select budget_id, period, min(micros) as least, bool_or(not asked) as unasked from budget_hold group by 1, 2) h
     left join budget b on b.id = h.budget_id left join budget_period q on q.budget_id = h.budget_id and q.period = h.period
    where b.id is null or b.removed_at is not null or not b.hard or q.budget_id is null or now() >= sg_period_ends(b, h.period) or h.unasked
       or q.spent_micros + q.reserved_micros + h.least <= b.limit_micros + q.raised_micros;
end $$;
