-- A run that does a part of its pipeline only says which: one node, until a node, from a node.
ALTER TABLE "run" ADD COLUMN     "part" JSONB;

-- Starts runs, all with one call. Repeating a request with the same requestKey answers the run that it started.
-- p: [{projectId, pipelineId, graphId, programId, version, trigger, mode, input, requestKey, start: {starts, arrivals}, pins?, deadlineMs?,
-- parentStepId?, depth?, part?}]. Answers [{runId, ref, existing}] in the same order.
create or replace function sg_start_runs(p jsonb) returns jsonb language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
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
    insert into run (id, project_id, pipeline_id, graph_id, program_id, version, ref, trigger, mode, input, request_key, pins, part, deadline_at, parent_step_id, depth, seq, active)
    select run_id, project_id, (a->>'pipelineId')::uuid, (a->>'graphId')::bigint, (a->>'programId')::bigint, (a->>'version')::int, ref, a->>'trigger', a->>'mode',
           a->'input', a->>'requestKey', nullif(a->'pins', 'null'), nullif(a->'part', 'null'), now() + (a->>'deadlineMs')::bigint * interval '1 ms', (a->>'parentStepId')::bigint,
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

-- Starts a run that goes on where another one stood. Finished steps are taken over: nothing of them happens or is paid for again.
-- p: {projectId, pipelineId, sourceId, atSeq, programId, graphId, version, mode, trigger, input, requestKey, pins, part, deadlineMs, depth, by,
-- steps: ids of what is taken over, in order, outputs: ids of the states that make the run's output,
-- edits: [{state, path, output}], place: see sg_place}. Answers {runId, ref, existing}.
create or replace function sg_fork_run(p jsonb) returns jsonb language plpgsql as $$
declare v_ref int; v_run bigint; v_source bigint := (p->>'sourceId')::bigint; v_place jsonb; v_known run; v_deadline timestamptz; v_open jsonb := p->'place'->'maps';
begin
  perform 1 from project where id = (p->>'projectId')::uuid for update;
  select * into v_known from run where project_id = (p->>'projectId')::uuid and request_key = p->>'requestKey';
  if v_known.id is not null then return jsonb_build_object('runId', v_known.id::text, 'ref', v_known.ref, 'existing', true); end if;
  update project set next_run_ref = next_run_ref + 1 where id = (p->>'projectId')::uuid returning next_run_ref - 1 into v_ref;
  v_deadline := now() + (p->>'deadlineMs')::bigint * interval '1 ms';
  insert into run (project_id, pipeline_id, graph_id, program_id, version, ref, trigger, mode, input, request_key, pins, part, deadline_at, depth, forked_from, forked_at_seq, seq)
  values ((p->>'projectId')::uuid, (p->>'pipelineId')::uuid, (p->>'graphId')::bigint, (p->>'programId')::bigint, (p->>'version')::int, v_ref, p->>'trigger', p->>'mode',
    p->'input', p->>'requestKey', nullif(p->'pins', 'null'), nullif(p->'part', 'null'), v_deadline, (p->>'depth')::int, v_source, (p->>'atSeq')::int, 1)
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
