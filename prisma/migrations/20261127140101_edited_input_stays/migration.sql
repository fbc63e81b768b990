-- As before, and: with what input a step is tried again stays with the decision, so that every later attempt has it too.
create or replace function sg_resolve_task(p jsonb) returns jsonb language plpgsql as $$
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
  update task set status = 'decided', decided_at = now(), decision = jsonb_build_object('choice', p->>'choice', 'by', p->>'by')
    || case when p->'decision' ? 'input' then jsonb_build_object('input', p->'decision'->'input') else '{}' end where id = k.id;
  insert into audit_entry (project_id, actor, action, subject, details)
  values (k.project_id, p->>'by', 'failure.' || (p->>'choice'), k.id::text,
    jsonb_build_object('runId', r.id::text, 'state', k.state, 'path', k.path, 'code', k.request->'failure'->>'code'));
  return jsonb_build_object('ok', true, 'runId', r.id::text);
end $$;
