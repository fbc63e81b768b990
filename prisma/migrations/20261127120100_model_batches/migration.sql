-- Model calls that travel together through a provider's batch endpoint; their steps wait without a worker.
CREATE TABLE "model_batch" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "provider_id" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "looks" INTEGER NOT NULL DEFAULT 0,
    "look_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_batch_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "model_batch" ADD CONSTRAINT "model_batch_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "model_batch_call" (
    "id" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "run_id" BIGINT NOT NULL,
    "step_id" BIGINT NOT NULL,
    "call_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "about" JSONB NOT NULL,
    "reservation" BIGINT,
    "attempt" INTEGER NOT NULL,
    "batch_id" UUID,
    "failure" JSONB,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "model_batch_call_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "model_batch_call_call_key_request_hash_key" ON "model_batch_call"("call_key", "request_hash");
CREATE INDEX "model_batch_call_batch_id_idx" ON "model_batch_call"("batch_id");
CREATE INDEX "model_batch_call_step_id_idx" ON "model_batch_call"("step_id");
ALTER TABLE "model_batch_call" ADD CONSTRAINT "model_batch_call_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Lets those steps go on whose answer has come. Answers their runs.
create function sg_wake_batched() returns bigint[] language plpgsql as $$
declare v record; r run; v_runs bigint[] := '{}';
begin
  for v in select distinct c.run_id, c.step_id from model_batch_call c join step s on s.id = c.step_id
            where c.settled_at is not null and s.status = 'waiting' and s.waiting->>'kind' = 'batch' order by c.run_id, c.step_id limit 1000 loop
    select * into r from run where id = v.run_id for update;
    if not sg_terminal(r.status) and sg_resume(r, v.step_id, '{"kind": "batch"}') then v_runs := v_runs || r.id; end if;
  end loop;
  return v_runs;
end $$;

-- As before, and: what a batch reserved is held for as long as its call is open.
create or replace function sg_sweep_budgets() returns void language plpgsql as $$
begin
  perform sg_release_spend(v.id) from (
    select v.id from spend_reservation v
     where case when v.worker is not null then v.at < now() - interval '1 hour' or not exists (select from worker w where w.id = v.worker and w.dead_at is null and w.stopped_at is null)
                else v.at < now() - interval '10 minutes' and not exists (select from model_batch_call c where c.reservation = v.id and c.settled_at is null) end
     order by v.id) v;
  delete from budget_hold h where not exists (select from step s where s.id = h.step_id and s.status = 'waiting' and s.waiting->>'kind' = 'budget');
  perform sg_look_at_budget(h.budget_id, h.period)
     from (select budget_id, period, min(micros) as least, bool_or(not asked) as unasked from budget_hold group by 1, 2) h
     left join budget b on b.id = h.budget_id left join budget_period q on q.budget_id = h.budget_id and q.period = h.period
    where b.id is null or b.removed_at is not null or not b.hard or q.budget_id is null or now() >= sg_period_ends(b, h.period) or h.unasked
       or q.spent_micros + q.reserved_micros + h.least <= b.limit_micros + q.raised_micros;
end $$;
