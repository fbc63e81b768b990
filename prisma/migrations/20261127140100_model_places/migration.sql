-- How many calls of a kind of work are under way at once, over all workers.
CREATE TABLE "model_place" (
    "id" BIGSERIAL NOT NULL,
    "bucket" TEXT NOT NULL,
    "worker_id" BIGINT NOT NULL,
    "step_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_place_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "model_place_bucket_idx" ON "model_place"("bucket");

CREATE TABLE "model_place_waiter" (
    "step_id" BIGINT NOT NULL,
    "bucket" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "called_at" TIMESTAMPTZ(3),

    CONSTRAINT "model_place_waiter_pkey" PRIMARY KEY ("step_id")
);
CREATE INDEX "model_place_waiter_bucket_at_idx" ON "model_place_waiter"("bucket", "at");

-- Takes a place of the bucket. Null: none is free; the step is written down, and called when one is. Who was called goes before who comes new.
create function sg_take_place(p_bucket text, p_places int, p_worker bigint, p_step bigint) returns bigint language plpgsql as $$
declare v_used int; v_called int; v_id bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('place:' || p_bucket, 0));
  select count(*) into v_used from model_place o join worker w on w.id = o.worker_id where o.bucket = p_bucket and w.dead_at is null and w.stopped_at is null;
  select case when exists (select from model_place_waiter where step_id = p_step and called_at is not null) then 0 else count(*) end into v_called
    from model_place_waiter where bucket = p_bucket and step_id <> p_step and called_at > now() - interval '10 seconds';
  if v_used + v_called < p_places then
    insert into model_place (bucket, worker_id, step_id) values (p_bucket, p_worker, p_step) returning id into v_id;
    delete from model_place_waiter where step_id = p_step;
    return v_id;
  end if;
  insert into model_place_waiter (step_id, bucket, places) values (p_step, p_bucket, p_places)
  on conflict (step_id) do update set bucket = excluded.bucket, places = excluded.places, called_at = null;
  return null;
end $$;

-- Gives a place back. Where somebody waits for one, a job calls the next.
create function sg_free_place(p_bucket text, p_id bigint) returns void language plpgsql as $$
begin
  -- Whoever was refused while this place was taken is written down by then.
  perform pg_advisory_xact_lock(hashtextextended('place:' || p_bucket, 0));
  delete from model_place where id = p_id;
  if exists (select from model_place_waiter where bucket = p_bucket) then perform sg_call_places(p_bucket); end if;
end $$;

create function sg_call_places(p_bucket text) returns void language plpgsql as $$
begin
  perform graphile_worker.add_job('model-places', json_build_object('bucket', p_bucket), job_key := 'model-places:' || p_bucket, priority := 0);
end $$;

-- Lets as many go on as there are places, in the order in which they were refused. Answers {runs, again}; `again`: one is about to wait.
create function sg_wake_placed(p_bucket text) returns jsonb language plpgsql as $$
declare w model_place_waiter; s step; r run; v_free int; v_runs jsonb := '[]'; v_again boolean := false;
begin
  delete from model_place_waiter x where bucket = p_bucket and not exists (select from step where id = x.step_id and status in ('ready', 'running', 'waiting'));
  select (select places from model_place_waiter where bucket = p_bucket order by at desc limit 1)
       - (select count(*) from model_place o join worker k on k.id = o.worker_id where o.bucket = p_bucket and k.dead_at is null and k.stopped_at is null)
       - (select count(*) from model_place_waiter where bucket = p_bucket and called_at > now() - interval '10 seconds') into v_free;
  for w in select * from model_place_waiter where bucket = p_bucket and (called_at is null or called_at <= now() - interval '10 seconds') order by at limit greatest(v_free, 0) loop
    select * into s from step where id = w.step_id;
    if s.status = 'waiting' and s.waiting->>'kind' = 'place' then
      select * into r from run where id = s.run_id for update;
      update model_place_waiter set called_at = now() where step_id = w.step_id;
      if not sg_terminal(r.status) and sg_resume(r, w.step_id, '{"kind": "timer"}') then v_runs := v_runs || to_jsonb(r.id::text); end if;
    elsif s.status = 'running' and w.at > now() - interval '5 seconds' then
      v_again := true;
    end if;
  end loop;
  return jsonb_build_object('runs', v_runs, 'again', v_again);
end $$;

-- What nobody else gives back: places of workers that are gone, and of calls that ended without a word; then whoever waits is called.
create function sg_sweep_places() returns void language plpgsql as $$
begin
  delete from model_place o
   where not exists (select from worker w where w.id = o.worker_id and w.dead_at is null and w.stopped_at is null)
      or o.at < now() - interval '1 minute' and not exists (select from step s where s.id = o.step_id and s.status = 'running' and s.lease = o.worker_id)
         and not exists (select from undo_item i where i.status = 'running' and i.lease = o.worker_id);
  perform sg_call_places(b.bucket) from (select distinct bucket from model_place_waiter) b;
end $$;
