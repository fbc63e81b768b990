-- Why a batch can be neither sent nor looked at is told by the steps that wait for it.
ALTER TABLE "model_batch" ADD COLUMN "stumbles" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "trouble" JSONB;

-- As before, and: lets those steps look whose batch has another trouble than they tell of, or has none any more.
create or replace function sg_wake_batched() returns bigint[] language plpgsql as $$
declare v record; r run; v_runs bigint[] := '{}';
begin
  for v in select c.run_id, c.step_id from model_batch_call c join step s on s.id = c.step_id
            where c.settled_at is not null and s.status = 'waiting' and s.waiting->>'kind' = 'batch'
           union
           select c.run_id, c.step_id from model_batch b join model_batch_call c on c.batch_id = b.id and c.settled_at is null join step s on s.id = c.step_id
            where b.provider_id is not null and s.status = 'waiting' and s.waiting->>'kind' = 'batch'
              and (s.waiting->'trouble'->>'code', s.waiting->'trouble'->>'asked') is distinct from (b.trouble->>'code', b.trouble->>'asked')
            order by 1, 2 limit 1000 loop
    select * into r from run where id = v.run_id for update;
    if not sg_terminal(r.status) and sg_resume(r, v.step_id, '{"kind": "batch"}') then
      update task set status = 'cancelled', decided_at = now() where step_id = v.step_id and status = 'open' and kind = 'batch';
      v_runs := v_runs || r.id;
    end if;
  end loop;
  return v_runs;
end $$;

-- The operator's choice about a batch that cannot be looked at: look at it now, or give it up.
-- p: {taskId, projectId, token, choice, by, failure}.
create function sg_decide_batch(p jsonb) returns jsonb language plpgsql as $$
declare k task; r run; v_batch uuid; v_reservation bigint;
begin
  select * into k from task where id = (p->>'taskId')::uuid and project_id = (p->>'projectId')::uuid and kind = 'batch';
  if k.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  select * into r from run where id = k.run_id for update;
  select * into k from task where id = k.id for update;
  if k.status <> 'open' then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  if k.token <> p->>'token' then return '{"ok": false, "reason": "token"}'; end if;
  select batch_id into v_batch from model_batch_call where step_id = k.step_id and batch_id is not null and settled_at is null order by id limit 1;
  if sg_terminal(r.status) or v_batch is null then return '{"ok": false, "reason": "gone"}'; end if;
  update task set status = 'decided', decided_at = now(), decision = jsonb_build_object('choice', p->>'choice', 'by', p->>'by') where id = k.id;
  if p->>'choice' = 'look' then
    -- Where it fails again, the operator is asked again.
    update model_batch set look_at = now(), trouble = trouble || jsonb_build_object('asked', (trouble->>'asked')::int + 1) where id = v_batch;
  else
    for v_reservation in update model_batch_call set settled_at = now(), failure = p->'failure' where batch_id = v_batch and settled_at is null returning reservation loop
      if v_reservation is not null then perform sg_release_spend(v_reservation); end if;
    end loop;
    delete from model_batch where id = v_batch;
  end if;
  perform graphile_worker.add_job('model-batches', job_key := 'model-batches', job_key_mode := 'replace');
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->>'by', 'batch.' || (p->>'choice'), v_batch::text, jsonb_build_object('runId', r.id::text, 'state', k.state, 'path', k.path));
  return jsonb_build_object('ok', true, 'runId', r.id::text);
end $$;
