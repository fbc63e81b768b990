-- Taking effects back, and going back in time. A run that is rewound keeps what it did after the checkpoint: those steps get
-- the status `undone` and a path that ends in `~<generation>`, so that the same steps can run again beside them.
--
-- Locks: the run's row first, then the undo's. Who changes several runs locks them in the order of their ids; a run that was
-- called always has a greater id than its caller.

-- ── Undo ─────────────────────────────────────────────────────────────────────

create function sg_undo_job(p_undo bigint, p_at timestamptz) returns void language plpgsql as $$
begin
  perform graphile_worker.add_job('undo', json_build_object('undoId', p_undo::text), run_at := p_at, job_key := 'undo:' || p_undo, job_key_mode := 'replace', priority := 0);
end $$;

-- Opens an undo or a rewind of a run: a run that is under way, and those that it called, are cancelled first.
-- p: {runId, projectId, kind, toSeq, by}. Answers {ok, undoId} or {ok: false, reason}. What to take back is told by sg_undo_items
-- in the same transaction, since it is known only now.
create function sg_undo_open(p jsonb) returns jsonb language plpgsql as $$
declare r run; v_child bigint; v_undo bigint;
begin
  select * into r from run where id = (p->>'runId')::bigint and project_id = (p->>'projectId')::uuid for update;
  if r.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  if exists (select from undo where run_id = r.id and status = 'running') then return '{"ok": false, "reason": "undoing"}'; end if;
  if r.undo = 'undone' then return '{"ok": false, "reason": "undone"}'; end if;
  perform sg_cancel_run(r.id, p->>'by');
  for v_child in
    with recursive called as (
      select c.id from run c join step s on s.id = c.parent_step_id where s.run_id = r.id
      union select c.id from called x join step s on s.run_id = x.id join run c on c.parent_step_id = s.id)
    select id from called order by id loop
    perform sg_cancel_run(v_child, p->>'by');
  end loop;
  insert into undo (run_id, kind, to_seq, by) values (r.id, p->>'kind', (p->>'toSeq')::int, p->>'by') returning id into v_undo;
  update run set undo = 'undoing' where id = r.id;
  select * into r from run where id = r.id;
  perform sg_close(r.id, jsonb_build_array(sg_event('run.undoing', '{}')), jsonb_build_object('end', r.status));
  insert into audit_entry (project_id, actor, action, subject, details)
  values (r.project_id, p->>'by', 'run.' || (p->>'kind'), r.id::text, jsonb_build_object('undoId', v_undo::text, 'toSeq', p->'toSeq'));
  return jsonb_build_object('ok', true, 'undoId', v_undo::text);
end $$;

-- What an undo takes back, the newest first. p_items: [{stepId, state, path, title, can, why}].
create function sg_undo_items(p_undo bigint, p_items jsonb) returns void language plpgsql as $$
begin
  insert into undo_item (undo_id, ord, step_id, state, path, title, can, why, status, ended_at)
  select p_undo, ord, (i->>'stepId')::bigint, i->>'state', i->>'path', i->>'title', i->>'can', i->>'why',
         case when i->>'can' = 'cannot' then 'cannot' else 'pending' end, case when i->>'can' = 'cannot' then now() end
    from jsonb_array_elements(p_items) with ordinality as x(i, ord);
  perform sg_undo_job(p_undo, now());
end $$;

-- Gives the next item of an undo to a worker, under a lease: one at a time, in order. p_serving: those that the worker is at.
-- Answers {ord, stepId, state, path, attempt, result}; null: there is none, or somebody is at one.
create function sg_undo_claim(p_worker bigint, p_undo bigint, p_serving int[]) returns jsonb language plpgsql as $$
declare i undo_item;
begin
  perform from undo where id = p_undo for update;
  if not exists (select from worker where id = p_worker and dead_at is null and stopped_at is null) then return null; end if;
  if exists (select from undo_item u join worker w on w.id = u.lease where u.undo_id = p_undo and u.status = 'running' and w.dead_at is null and w.stopped_at is null
               and (w.id <> p_worker or u.ord = any(p_serving))) then return null; end if;
  select * into i from undo_item where undo_id = p_undo and status in ('pending', 'running') order by ord limit 1;
  if i.ord is null then return null; end if;
  update undo_item set status = 'running', lease = p_worker, attempt = attempt + 1 where undo_id = p_undo and ord = i.ord returning * into i;
  return jsonb_build_object('ord', i.ord, 'stepId', i.step_id::text, 'state', i.state, 'path', i.path, 'attempt', i.attempt, 'result', i.result);
end $$;

-- Writes what became of an item. p: {undo, ord, worker, attempt, status: reverted|offered|failed|pending, result?, failure?, retryInMs?,
-- task?: {token, request}}. False: the item is not this worker's any more.
create function sg_undo_settle(p jsonb) returns boolean language plpgsql as $$
declare u undo; i undo_item; s step; r run; v_task uuid; v_result jsonb;
begin
  select * into u from undo where id = (p->>'undo')::bigint;
  select * into i from undo_item where undo_id = u.id and ord = (p->>'ord')::int;
  select * into s from step where id = i.step_id;
  perform 1 from run where id in (u.run_id, s.run_id) order by id for update;
  perform from undo where id = u.id for update;
  select * into i from undo_item where undo_id = u.id and ord = (p->>'ord')::int;
  if i.status <> 'running' or i.lease is distinct from (p->>'worker')::bigint or i.attempt <> (p->>'attempt')::int then return false; end if;
  if p->>'status' = 'pending' then
    update undo_item set status = 'pending', lease = null, failure = p->'failure' where undo_id = u.id and ord = i.ord;
    perform sg_undo_job(u.id, now() + (p->>'retryInMs')::bigint * interval '1 ms');
    return true;
  end if;
  select * into r from run where id = s.run_id;
  v_result := coalesce(i.result, '{}') || coalesce(p->'result', '{}');
  if p->'task' is not null then
    v_task := gen_random_uuid();
    v_result := v_result || jsonb_build_object('taskId', v_task);
    insert into task (id, project_id, run_id, step_id, state, path, kind, title, subject, request, risk, token)
    values (v_task, r.project_id, r.id, s.id, s.state, s.path, 'approval', p->'task'->'request'->>'title', p->'task'->'request'->>'subject',
      p->'task'->'request', coalesce((p->'task'->'request'->>'risk')::float, 0), p->'task'->>'token');
  end if;
  update undo_item set status = p->>'status', lease = null, result = v_result, failure = nullif(p->'failure', 'null'), ended_at = now()
   where undo_id = u.id and ord = i.ord;
  if p->>'status' = 'reverted' then
    update effect set undone_at = now() where step_id = s.id and undone_at is null and key not like 'undo:%';
    perform sg_close(r.id, jsonb_build_array(sg_event('step.undone', jsonb_build_object('state', s.state, 'path', s.path))), jsonb_build_object('end', r.status));
  end if;
  return true;
end $$;

-- Ends an undo whose items are all dealt with. Answers its status; null: it is not at its end, or has been ended.
create function sg_undo_end(p_undo bigint) returns text language plpgsql as $$
declare u undo; r run; v_status text;
begin
  select * into r from run where id = (select run_id from undo where id = p_undo) for update;
  select * into u from undo where id = p_undo for update;
  if u.status <> 'running' or exists (select from undo_item where undo_id = u.id and status in ('pending', 'running')) then return null; end if;
  v_status := case when exists (select from undo_item where undo_id = u.id and status <> 'reverted') then 'partly' else 'done' end;
  update undo set status = v_status, ended_at = now() where id = u.id;
  update run set undo = case v_status when 'done' then 'undone' else 'partly' end where id = r.id;
  perform sg_close(r.id, jsonb_build_array(sg_event('run.undone', jsonb_build_object('status', case v_status when 'done' then 'undone' else 'partly' end))),
    jsonb_build_object('end', r.status));
  return v_status;
end $$;

-- Stores the intent of an effect that an undo makes. As sg_effect_begin, under the lease of the item.
create function sg_undo_effect_begin(p jsonb) returns jsonb language plpgsql as $$
declare e effect;
begin
  perform from undo_item where undo_id = (p->>'undo')::bigint and ord = (p->>'ord')::int and status = 'running'
    and lease = (p->>'worker')::bigint and attempt = (p->>'attempt')::int for share;
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

-- The operator's decision on what an undo offers. p: {taskId, projectId, token, decision}. Its item is taken up again with it.
create function sg_decide_offer(p jsonb) returns jsonb language plpgsql as $$
declare k task; v_undo bigint;
begin
  select * into k from task where id = (p->>'taskId')::uuid and project_id = (p->>'projectId')::uuid for update;
  if k.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  if k.status <> 'open' then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  if k.token <> p->>'token' then return '{"ok": false, "reason": "token"}'; end if;
  v_undo := (k.request->'undo'->>'undoId')::bigint;
  update undo_item set status = 'pending', result = coalesce(result, '{}') || jsonb_build_object('decision', p->'decision')
   where undo_id = v_undo and ord = (k.request->'undo'->>'ord')::int and status = 'offered';
  if not found then return '{"ok": false, "reason": "gone"}'; end if;
  update task set status = 'decided', decision = p->'decision', decided_at = now() where id = k.id;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->'decision'->>'by', 'task.' || (p->'decision'->>'decision'), k.id::text,
    jsonb_build_object('runId', k.run_id::text, 'state', k.state, 'path', k.path, 'title', k.title, 'reason', p->'decision'->'reason'));
  perform sg_undo_job(v_undo, now());
  return jsonb_build_object('ok', true, 'runId', k.run_id::text);
end $$;

-- Undos that should go on although no job leads to them: each gets one. Answers their runs.
create function sg_adopt_undos() returns bigint[] language plpgsql as $$
declare v_undos bigint[]; v_runs bigint[];
begin
  select coalesce(array_agg(u.id), '{}'), coalesce(array_agg(u.run_id), '{}') into v_undos, v_runs
    from undo u
   where (u.status = 'running' or exists (select from undo_item i where i.undo_id = u.id and i.status = 'pending'))
     and not exists (select from undo_item i join worker w on w.id = i.lease where i.undo_id = u.id and i.status = 'running' and w.dead_at is null and w.stopped_at is null)
     and u.id::text not in (select j.payload->>'undoId' from graphile_worker._private_jobs j where j.payload->>'undoId' is not null and j.attempts < j.max_attempts);
  perform sg_undo_job(id, now()) from unnest(v_undos) id;
  return v_runs;
end $$;

-- ── Time travel ──────────────────────────────────────────────────────────────

-- What a run's output steps have given, merged in their order.
create function sg_output_of(p_run bigint, p_states jsonb) returns jsonb language sql as $$
  select case when count(*) = 0 then null else sg_merge(coalesce(v.output, '{}') order by s.seq, s.id) end
    from step s left join step_value v on v.step_id = s.id
   where s.run_id = p_run and s.status = 'done' and s.state in (select jsonb_array_elements_text(p_states))
$$;

-- Puts a run where a checkpoint has it: how far joins are, which maps are under way, which steps are ready. The steps behind it and
-- the items of maps are there already. p: {joins, maps: [{state, path, total, next, finished, failed, ended, body, waiting}],
-- frontier: [{state, path, decision}], keep: ids of steps that go on as they were}. Answers {ready: [ids], active, waiting}.
create function sg_place(p_run bigint, p jsonb) returns jsonb language plpgsql as $$
declare m jsonb; f jsonb; s step; v_step bigint; v_ready bigint[] := '{}'; v_waiting int := 0; v_kept boolean; v_decision jsonb;
begin
  delete from join_count where run_id = p_run;
  insert into join_count (run_id, path, "join", settled, taken)
  select p_run, j->>'path', j->>'join', (j->>'settled')::int, (j->>'taken')::int from jsonb_array_elements(p->'joins') j;
  for m in select * from jsonb_array_elements(p->'maps') loop
    select * into s from step where run_id = p_run and state = m->>'state' and path = m->>'path';
    update step set status = 'waiting', waiting = m->'waiting', wake_at = null, lease = null, outcome = null, failure = null, decision = null, seq = null, ended_at = null,
           inherited = false
     where id = s.id;
    v_waiting := v_waiting + 1;
    update map_run set total = (m->>'total')::int, next = (m->>'next')::int, finished = (m->>'finished')::int, failed = (m->>'failed')::int, body = m->'body' where step_id = s.id;
    update map_item i set outcome = null, result = null
     where i.step_id = s.id and not exists (select from jsonb_array_elements(m->'ended') e where (e->>'index')::int = i.index);
    delete from map_item i where i.step_id = s.id and i.index >= (m->>'total')::int;
  end loop;
  for f in select * from jsonb_array_elements(p->'frontier') loop
    v_decision := nullif(f->'decision', 'null');
    if v_decision->>'kind' = 'item-failed' then
      v_decision := v_decision || jsonb_build_object('failure', (select i.result from step x join map_item i on i.step_id = x.id
        where x.run_id = p_run and x.state = f->>'state' and x.path = f->>'path' and i.index = (v_decision->>'index')::int));
    end if;
    select * into s from step where run_id = p_run and state = f->>'state' and path = f->>'path';
    if s.id is null then
      insert into step (run_id, state, path, status, decision) values (p_run, f->>'state', f->>'path', 'ready', v_decision) returning id into v_step;
      v_ready := v_ready || v_step;
    elsif s.status = 'waiting' and v_decision is not null then
      update step set status = 'ready', waiting = null, decision = v_decision where id = s.id;
      v_ready := v_ready || s.id;
      v_waiting := v_waiting - 1;
    else
      v_kept := sg_reopen(s, coalesce(v_decision, case when s.decision->>'kind' <> 'call' then s.decision end));
      if v_kept then v_waiting := v_waiting + 1; else v_ready := v_ready || s.id; end if;
    end if;
  end loop;
  return jsonb_build_object('ready', to_jsonb(v_ready), 'active', coalesce(array_length(v_ready, 1), 0), 'waiting', v_waiting);
end $$;

-- The operator wants a step tried again that a server had answered with a failure of its own: whether that request took effect is not known,
-- so it is looked up or asked before it is repeated.
create function sg_doubt_effects(p_step bigint) returns void language sql as $$
  update effect set status = 'unknown', receipt = null
   where step_id = p_step and kind = 'http' and status = 'done' and (receipt->>'status')::int >= 500 and key not like 'undo:%'
$$;

-- A step that was cancelled with its run, or failed, goes on as it was. True: it waits again, for the same.
create function sg_reopen(s step, p_decision jsonb) returns boolean language plpgsql as $$
declare v_waiting jsonb; v_wake timestamptz;
begin
  if s.status = 'cancelled' and p_decision is null and exists (select from step_attempt a where a.step_id = s.id and a.attempt = s.attempt and a.result = 'waiting') then
    select e.data->'waiting' into v_waiting from run_event_each e
     where e.run_id = s.run_id and e.kind = 'step.waiting' and e.data->>'state' = s.state and e.data->>'path' = s.path order by e.seq desc limit 1;
  end if;
  if v_waiting->>'kind' = 'child' then v_waiting := null; end if;
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

create function sg_steps_at(p_steps bigint[]) returns jsonb language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object('state', state, 'path', path) order by id), '[]') from step where id = any(p_steps)
$$;

-- Starts a run that goes on where another one stood. Finished steps are taken over: nothing of them happens or is paid for again.
-- p: {projectId, pipelineId, sourceId, atSeq, programId, graphId, version, mode, trigger, input, requestKey, pins, deadlineMs, depth, by,
-- steps: ids of what is taken over, in order, outputs: ids of the states that make the run's output,
-- edits: [{state, path, output}], place: see sg_place}. Answers {runId, ref, existing}.
create function sg_fork_run(p jsonb) returns jsonb language plpgsql as $$
declare v_ref int; v_run bigint; v_source bigint := (p->>'sourceId')::bigint; v_place jsonb; v_known run; v_deadline timestamptz; v_open jsonb := p->'place'->'maps';
begin
  perform 1 from project where id = (p->>'projectId')::uuid for update;
  select * into v_known from run where project_id = (p->>'projectId')::uuid and request_key = p->>'requestKey';
  if v_known.id is not null then return jsonb_build_object('runId', v_known.id::text, 'ref', v_known.ref, 'existing', true); end if;
  update project set next_run_ref = next_run_ref + 1 where id = (p->>'projectId')::uuid returning next_run_ref - 1 into v_ref;
  v_deadline := now() + (p->>'deadlineMs')::bigint * interval '1 ms';
  insert into run (project_id, pipeline_id, graph_id, program_id, version, ref, trigger, mode, input, request_key, pins, deadline_at, depth, forked_from, forked_at_seq, seq)
  values ((p->>'projectId')::uuid, (p->>'pipelineId')::uuid, (p->>'graphId')::bigint, (p->>'programId')::bigint, (p->>'version')::int, v_ref, p->>'trigger', p->>'mode',
    p->'input', p->>'requestKey', nullif(p->'pins', 'null'), v_deadline, (p->>'depth')::int, v_source, (p->>'atSeq')::int, 1)
  returning id into v_run;
  insert into live_run values (v_run);
  insert into step (run_id, state, path, status, attempt, outcome, failure, created_at, started_at, attempt_at, ended_at, seq, inherited)
  select v_run, s.state, s.path, s.status, s.attempt, s.outcome, s.failure, s.created_at, s.started_at, s.attempt_at, s.ended_at, 1, true
    from jsonb_array_elements_text(p->'steps') with ordinality as x(id, n) join step s on s.id = x.id::bigint order by x.n;
  insert into step (run_id, state, path, status, attempt, started_at, attempt_at)
  select v_run, s.state, s.path, 'waiting', s.attempt, s.started_at, s.attempt_at
    from jsonb_array_elements(v_open) m join step s on s.run_id = v_source and s.state = m->>'state' and s.path = m->>'path' order by s.id;
  insert into step_value (step_id, input, output, provenance, logs)
  select n.id, v.input, v.output, v.provenance, v.logs
    from step n join step o on o.run_id = v_source and o.state = n.state and o.path = n.path join step_value v on v.step_id = o.id where n.run_id = v_run;
  insert into map_run (step_id, run_id, total, next, finished, failed, body)
  select n.id, v_run, m.total, m.next, m.finished, m.failed, m.body
    from step n join step o on o.run_id = v_source and o.state = n.state and o.path = n.path join map_run m on m.step_id = o.id where n.run_id = v_run;
  insert into map_item (step_id, index, value, outcome, result)
  select n.id, i.index, i.value, i.outcome, i.result
    from step n join step o on o.run_id = v_source and o.state = n.state and o.path = n.path join map_item i on i.step_id = o.id where n.run_id = v_run;
  insert into step_value as old (step_id, input, output, provenance, logs)
  select s.id, '{}', e->'output', jsonb_build_array(jsonb_build_object('kind', 'decision', 'by', p->>'by', 'decision', 'edited for a fork', 'reason', null, 'edited', true,
         'at', floor(extract(epoch from now()) * 1000))), '[]'
    from jsonb_array_elements(p->'edits') e join step s on s.run_id = v_run and s.state = e->>'state' and s.path = e->>'path'
  on conflict (step_id) do update set output = excluded.output, provenance = old.provenance || excluded.provenance;
  v_place := sg_place(v_run, p->'place');
  update run set active = (v_place->>'active')::int, waiting = (v_place->>'waiting')::int, output = sg_output_of(v_run, p->'outputs') where id = v_run;
  insert into run_event (run_id, seq, events) values (v_run, 1, jsonb_build_array(sg_event('run.queued', jsonb_build_object(
    'forkedFrom', v_source::text, 'atSeq', p->'atSeq', 'ready', sg_steps_at(array(select x::bigint from jsonb_array_elements_text(v_place->'ready') x)),
    'inherited', (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'path', path, 'status', status, 'outcome', outcome) order by id), '[]')
                    from step where run_id = v_run and inherited)))));
  perform sg_add_jobs(array(select x::bigint from jsonb_array_elements_text(v_place->'ready') x), now());
  if v_deadline is not null then perform graphile_worker.add_job('deadline', json_build_object('runId', v_run::text), run_at := v_deadline); end if;
  insert into audit_entry (project_id, actor, action, subject, details)
  values ((p->>'projectId')::uuid, p->>'by', 'run.fork', v_run::text, jsonb_build_object('from', v_source::text, 'atSeq', p->'atSeq', 'edits', jsonb_array_length(p->'edits')));
  return jsonb_build_object('runId', v_run::text, 'ref', v_ref, 'existing', false);
end $$;

-- The run is where it was after `toSeq` and goes on. p: {undoId, runId, toSeq, keep: ids of the finished steps that stay, outputs, deadlineMs,
-- place}. Answers the steps that begin; null: the rewind has been ended.
create function sg_rewind_run(p jsonb) returns jsonb language plpgsql as $$
declare r run; u undo; v_place jsonb; v_gone bigint[]; v_ready bigint[]; v_deadline timestamptz;
begin
  select * into r from run where id = (p->>'runId')::bigint for update;
  select * into u from undo where id = (p->>'undoId')::bigint for update;
  if u.status <> 'running' or exists (select from undo_item where undo_id = u.id and status in ('pending', 'running')) then return null; end if;
  with gone as (
    update step s set path = s.path || '~' || r.generation, status = 'undone', waiting = null, wake_at = null, lease = null
     where s.run_id = r.id and s.status <> 'undone' and s.id not in (select x::bigint from jsonb_array_elements_text(p->'keep') x)
       and not exists (select from jsonb_array_elements(p->'place'->'maps') m where m->>'state' = s.state and m->>'path' = s.path)
    returning s.id)
  select coalesce(array_agg(id), '{}') into v_gone from gone;
  delete from event_waiter where step_id = any(v_gone);
  update task set status = 'cancelled', decided_at = now() where step_id = any(v_gone) and status = 'open' and request->'undo' is null;
  v_place := sg_place(r.id, p->'place');
  v_ready := array(select x::bigint from jsonb_array_elements_text(v_place->'ready') x);
  v_deadline := now() + (p->>'deadlineMs')::bigint * interval '1 ms';
  update undo set status = case when exists (select from undo_item where undo_id = u.id and status <> 'reverted') then 'partly' else 'done' end, ended_at = now() where id = u.id;
  update run set generation = generation + 1, status = 'running', active = (v_place->>'active')::int, waiting = (v_place->>'waiting')::int, failure = null, ended_at = null,
         undo = null, paused_at = null, deadline_at = v_deadline, output = sg_output_of(r.id, p->'outputs'), seq = seq + 1 where id = r.id returning * into r;
  insert into live_run values (r.id) on conflict do nothing;
  insert into run_event (run_id, seq, events) values (r.id, r.seq, jsonb_build_array(sg_event('run.rewound',
    jsonb_build_object('toSeq', p->'toSeq', 'ready', sg_steps_at(v_ready)))));
  perform sg_add_jobs(v_ready, now());
  if v_deadline is not null then perform graphile_worker.add_job('deadline', json_build_object('runId', r.id::text), run_at := v_deadline); end if;
  return to_jsonb(v_ready);
end $$;

-- A failed run goes on from what failed: that gets one more attempt, what was cancelled with it goes on as it was, nothing else happens
-- again. p: {runId, by, seq: the run's last event as it was read, toSeq, deadlineMs, place}. False: the run has changed meanwhile.
create function sg_retry_run(p jsonb) returns boolean language plpgsql as $$
declare r run; v_place jsonb; v_ready bigint[]; v_deadline timestamptz;
begin
  select * into r from run where id = (p->>'runId')::bigint for update;
  if r.status <> 'failed' or r.seq <> (p->>'seq')::int or r.undo is not null then return false; end if;
  v_place := sg_place(r.id, p->'place');
  v_ready := array(select x::bigint from jsonb_array_elements_text(v_place->'ready') x);
  v_deadline := now() + (p->>'deadlineMs')::bigint * interval '1 ms';
  update run set status = case when (v_place->>'active')::int > 0 then 'running' else 'waiting' end, active = (v_place->>'active')::int, waiting = (v_place->>'waiting')::int,
         failure = null, ended_at = null, paused_at = null, deadline_at = v_deadline, seq = seq + 1 where id = r.id returning * into r;
  insert into live_run values (r.id) on conflict do nothing;
  insert into run_event (run_id, seq, events) values (r.id, r.seq, jsonb_build_array(sg_event('run.retried',
    jsonb_build_object('toSeq', p->'toSeq', 'by', p->'by', 'ready', sg_steps_at(v_ready),
      'waiting', (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'path', path, 'waiting', waiting) order by id), '[]') from step where run_id = r.id and status = 'waiting')))));
  perform sg_add_jobs(v_ready, now());
  if v_deadline is not null then perform graphile_worker.add_job('deadline', json_build_object('runId', r.id::text), run_at := v_deadline); end if;
  insert into audit_entry (project_id, actor, action, subject) values (r.project_id, p->>'by', 'run.retry', r.id::text);
  return true;
end $$;

-- ── Escalation ───────────────────────────────────────────────────────────────

-- The operator's choice about a step that failed for good. p: {taskId, projectId, token, choice, by, decision: what the step goes on with}.
-- A run's row is locked before its task.
create function sg_resolve_task(p jsonb) returns jsonb language plpgsql as $$
declare k task; r run;
begin
  select * into k from task where id = (p->>'taskId')::uuid and project_id = (p->>'projectId')::uuid and kind = 'failure';
  if k.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  select * into r from run where id = k.run_id for update;
  select * into k from task where id = k.id for update;
  if k.status <> 'open' then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  if k.token <> p->>'token' then return '{"ok": false, "reason": "token"}'; end if;
  if sg_terminal(r.status) then return '{"ok": false, "reason": "gone"}'; end if;
  if p->'decision'->>'kind' = 'retry' then perform sg_doubt_effects(k.step_id); end if;
  if not sg_resume(r, k.step_id, p->'decision') then return '{"ok": false, "reason": "gone"}'; end if;
  update task set status = 'decided', decided_at = now(), decision = jsonb_build_object('choice', p->>'choice', 'by', p->>'by') where id = k.id;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->>'by', 'failure.' || (p->>'choice'), k.id::text,
    jsonb_build_object('runId', r.id::text, 'state', k.state, 'path', k.path, 'code', k.request->'failure'->>'code'));
  return jsonb_build_object('ok', true, 'runId', r.id::text);
end $$;

-- Looks whether a pipeline has reached thresholds of failures: each that has gets one task for the operator, and may hold the pipeline.
-- Test runs are not counted, nor what failed before the last review. Answers the ids of the tasks.
create function sg_check_thresholds(p_pipeline uuid, p_thresholds jsonb) returns uuid[] language plpgsql as $$
declare p pipeline; t jsonb; v_since timestamptz; v_failed bigint[]; v_last step; v_task uuid; v_made uuid[] := '{}';
begin
  select * into p from pipeline where id = p_pipeline for update;
  if p.id is null then return v_made; end if;
  for t in select * from jsonb_array_elements(p_thresholds) loop
    continue when exists (select from task k join run r on r.id = k.run_id
      where r.pipeline_id = p.id and k.kind = 'review' and k.request->>'threshold' = t->>'name' and (k.status = 'open' or p.held->>'taskId' = k.id::text));
    v_since := greatest(now() - (t->>'withinMs')::bigint * interval '1 ms',
      (select max(k.decided_at) from task k join run r on r.id = k.run_id where r.pipeline_id = p.id and k.kind = 'review' and k.request->>'threshold' = t->>'name'));
    select array_agg(s.id order by s.ended_at desc, s.id desc) into v_failed
      from run r join step s on s.run_id = r.id
     where r.pipeline_id = p.id and r.mode = 'production' and (r.ended_at is null or r.ended_at > v_since)
       and s.status = 'failed' and not s.inherited and s.ended_at > v_since
       and (jsonb_array_length(t->'nodes') = 0 or s.state in (select jsonb_array_elements_text(t->'nodes')));
    continue when coalesce(array_length(v_failed, 1), 0) < (t->>'failures')::int;
    select * into v_last from step where id = v_failed[1];
    insert into task (id, project_id, run_id, step_id, state, path, kind, title, subject, request, token)
    values (gen_random_uuid(), p.project_id, v_last.run_id, v_last.id, v_last.state, v_last.path, 'review', t->>'name', p.name, jsonb_build_object(
      'kind', 'review', 'threshold', t->>'name', 'failures', array_length(v_failed, 1), 'withinMs', t->'withinMs', 'hold', t->'hold',
      'examples', (select jsonb_agg(jsonb_build_object('runId', r.id::text, 'runRef', r.ref, 'state', s.state, 'path', s.path, 'message', s.failure->>'message') order by s.ended_at desc)
                     from step s join run r on r.id = s.run_id where s.id = any(v_failed[1:5]))), gen_random_uuid()::text)
    returning id into v_task;
    v_made := v_made || v_task;
    if (t->>'hold')::boolean and p.held is null then
      p.held := jsonb_build_object('taskId', v_task, 'reason', t->>'name');
      update pipeline set held = p.held where id = p.id;
    end if;
    insert into audit_entry (project_id, actor, action, subject, details)
    values (p.project_id, 'engine', case when (t->>'hold')::boolean then 'pipeline.hold' else 'pipeline.review' end, p.id::text,
      jsonb_build_object('threshold', t->>'name', 'failures', array_length(v_failed, 1), 'taskId', v_task));
  end loop;
  return v_made;
end $$;

-- The operator's answer to a review. p: {taskId, projectId, choice: release|keep-held, by}. What is kept held can be released later by the
-- same task. Answers {ok, held} or {ok: false, reason}.
create function sg_review_task(p jsonb) returns jsonb language plpgsql as $$
declare k task; v pipeline;
begin
  select q.* into v from pipeline q join run r on r.pipeline_id = q.id join task k2 on k2.run_id = r.id
   where k2.id = (p->>'taskId')::uuid and k2.project_id = (p->>'projectId')::uuid and k2.kind = 'review' for update of q;
  if v.id is null then return '{"ok": false, "reason": "not-found"}'; end if;
  select * into k from task where id = (p->>'taskId')::uuid for update;
  if k.status <> 'open' and not (p->>'choice' = 'release' and coalesce(v.held->>'taskId', '') = k.id::text) then return jsonb_build_object('ok', false, 'reason', k.status); end if;
  update task set status = 'decided', decided_at = now(), decision = jsonb_build_object('choice', p->>'choice', 'by', p->>'by') where id = k.id;
  if p->>'choice' = 'release' and v.held->>'taskId' = k.id::text then
    -- Another threshold that was reached meanwhile goes on holding it.
    select jsonb_build_object('taskId', o.id, 'reason', o.request->>'threshold') into v.held from task o join run r on r.id = o.run_id
     where r.pipeline_id = v.id and o.kind = 'review' and o.status = 'open' and (o.request->>'hold')::boolean order by o.created_at limit 1;
    update pipeline set held = v.held where id = v.id;
  end if;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->>'by', 'pipeline.' || (p->>'choice'), v.id::text, jsonb_build_object('taskId', k.id, 'threshold', k.request->>'threshold'));
  return jsonb_build_object('ok', true, 'runId', k.run_id::text, 'held', v.held is not null);
end $$;
