-- Transitions that travel together: one call, one commit. p_runs: the runs they belong to. p_keep: how many successors the
-- worker takes on at once, over all items. p_items, in the order in which they are to be written:
-- bundle {ord, run, step, attempt, fresh?, stay, status, outcome, failure?, events, values?, maps?, starts?, arrivals?, runOutput?, item?}: a step that is done
--        and steps that were done after it in memory, one event each; `values` by the place of the event, from 0, where there is something to store;
--        `maps` {items, results} likewise, of maps whose iterations are among the events; `stay`: what follows may be kept;
--        `fresh`: the step is pure and was begun without a lease, so it is still ready and is done by this commit, once
-- other  {ord, run, step, attempt, other: see sg_commit_one}
-- Answers {ok: [ord], next: {"<ord>": [claimed successors]}}; what is not among `ok` was refused: the lease is lost, or the run has ended.
create function sg_commit(p_worker bigint, p_runs bigint[], p_items jsonb, p_keep int) returns jsonb language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v sg_bundle[]; v_settled sg_settled[]; v_begun sg_begun[]; v_ok jsonb := '[]'; v_next jsonb := '{}'; v_maps jsonb; v_keep int := p_keep;
  v_ids bigint[]; v_dead record; v_one record; v_more jsonb; v_alive boolean;
begin
  perform 1 from run where id = any(p_runs) order by id for update;
  v_alive := exists (select from worker where id = p_worker and dead_at is null and stopped_at is null);
  if not v_alive then v_keep := 0; end if;

  select array_agg(row(i.ord, r.id, r.program_id, s.id, s.path, i.status, i.outcome, i.failure, i.values, i.maps, i.starts, i.arrivals, i.events,
           i."runOutput", i.item, r.seq + (r.status = 'queued')::int, r.paused_at is null and i.stay, r.status = 'queued')::sg_bundle order by i.ord), jsonb_agg(i.ord)
    into v, v_ok
    from jsonb_to_recordset(p_items) as i(ord int, run bigint, step bigint, attempt int, status text, outcome text, failure jsonb,
           "values" jsonb, maps jsonb, starts jsonb, arrivals jsonb, events jsonb, "runOutput" jsonb, stay boolean, fresh boolean, item jsonb, other jsonb)
    join step s on s.id = i.step join run r on r.id = s.run_id
   where i.other is null and r.status in ('queued', 'running', 'waiting')
     and ((s.status = 'running' and s.lease = p_worker and s.attempt = i.attempt)
       or (i.fresh and v_alive and r.paused_at is null and s.status = 'ready' and s.attempt = 0 and s.decision is null));

  if v is not null then
    -- Several bundles of one run: the events of each follow those of the one before.
    if cardinality(v) > cardinality(p_runs) then
      select array_agg(row(b.ord, b.run_id, b.program_id, b.step_id, b.path, b.status, b.outcome, b.failure, b.values, b.maps, b.starts, b.arrivals,
               b.events, b.output, b.item, b.base + b.before, b.open, b.queued)::sg_bundle order by b.ord) into v
        from (select *, (sum(jsonb_array_length(events)) over (partition by run_id order by ord) - jsonb_array_length(events))::int as before from unnest(v)) b;
    end if;

    update step s set status = p.status, lease = null, outcome = p.outcome, failure = p.failure, decision = null, seq = p.base + 1, ended_at = now(),
           attempt = greatest(s.attempt, 1), started_at = coalesce(s.started_at, now()), attempt_at = coalesce(s.attempt_at, now())
      from unnest(v) p where s.id = p.step_id;
    with m as materialized (
      select nextval('step_id_seq') as id, p.run_id, x.data->>'path' as path, x.data->>'state' as state, substring(x.kind from 6) as status, x.data->>'outcome' as outcome,
             x.data->'failure' as failure, p.base + n as seq, p."values"->(n - 1)::text as value, p.maps->(n - 1)::text as map
        from unnest(v) p, rows from (jsonb_to_recordset(p.events) as (kind text, data jsonb)) with ordinality as x(kind, data, n) where n > 1 and x.kind like 'step.%'),
    map as materialized (
      select step_id as id, run_id, maps->'0' as map from unnest(v) where maps ? '0' union all select id, run_id, map from m where map is not null),
    mapped as (
      insert into map_run (step_id, run_id, total, next, finished, body)
      select id, run_id, jsonb_array_length(map->'items'), jsonb_array_length(map->'items'), jsonb_array_length(map->'items'), '{}' from map),
    worked as (
      insert into map_item (step_id, index, value, outcome, result)
      select id, n - 1, value, 'ok', nullif(map->'results'->(n - 1)::int, 'null') from map, jsonb_array_elements(map->'items') with ordinality as x(value, n)),
    made as (
      insert into step (id, run_id, state, path, status, attempt, outcome, failure, seq, started_at, attempt_at, ended_at)
      select id, run_id, state, path, status, 1, outcome, failure, seq, now(), now(), now() from m)
    insert into step_value as old (step_id, input, output, provenance, logs)
    select x.id, nullif(x.value->'input', 'null'), nullif(x.value->'output', 'null'), coalesce(x.value->'provenance', '[]'), coalesce(x.value->'logs', '[]')
      from (select step_id as id, "values"->'0' as value from unnest(v) where "values" ? '0' union all select id, value from m where value is not null) x
    on conflict (step_id) do update set input = coalesce(excluded.input, old.input), output = excluded.output,
      provenance = old.provenance || excluded.provenance, logs = old.logs || excluded.logs;

    -- Joins. Each edge settles once, so a total is reached once: that is what fires a join once.
    with a as (
      select p.ord, p.run_id, p.program_id, p.path, x."join", x.taken, x.taken + x.dead as settled, x.edges, x."fireAt" as fire_at
        from unnest(v) p, jsonb_to_recordset(p.arrivals) as x("join" text, taken int, dead int, edges int, "fireAt" int)),
    part as (
      select max(ord) as ord, run_id, max(program_id) as program_id, "join", path, sum(taken)::int as taken, sum(settled)::int as settled,
             max(edges) as edges, max(fire_at) as fire_at
        from a where settled < edges group by run_id, path, "join"),
    counted as (
      insert into join_count as j (run_id, path, "join", settled, taken) select run_id, path, "join", settled, taken from part
      on conflict (run_id, path, "join") do update set settled = j.settled + excluded.settled, taken = j.taken + excluded.taken
      returning j.run_id, j.path, j."join", j.settled, j.taken),
    total as (
      select ord, run_id, program_id, "join", path, taken as now_taken, taken, settled, edges, fire_at from a where settled = edges
      union all
      select part.ord, part.run_id, part.program_id, part."join", part.path, part.taken, c.taken, c.settled, part.edges, part.fire_at
        from part join counted c on c.run_id = part.run_id and c.path = part.path and c."join" = part."join"),
    decided as (
      select *, case when fire_at is null then settled = edges and (taken > 0 or "join" like '$end%')
                     else taken >= fire_at and taken - now_taken < fire_at end as fires from total)
    select array_agg(row(ord, run_id, program_id, "join", path, fires)::sg_settled order by ord) into v_settled
      from decided where fires or (settled = edges and (fire_at is null or taken < fire_at));
    -- Rare: joins that can no longer fire settle others in turn.
    for v_dead in select d.*, ir->'joins'->d."join"->'ifDead' as if_dead, ir->'joins' as joins
                    from unnest(v_settled) d join program on id = d.program_id where not d.fires loop
      v_settled := v_settled || array(
        select row(v_dead.ord, v_dead.run_id, v_dead.program_id, f."join", f.path, true)::sg_settled
          from sg_settle(v_dead.run_id, v_dead.program_id, (
            select coalesce(jsonb_agg(d || jsonb_build_object('path', v_dead.path, 'edges', v_dead.joins->(d->>'join')->'edges',
                     'fireAt', case v_dead.joins->(d->>'join')->'rule'->>'kind' when 'any' then to_jsonb(1)
                                 when 'count' then v_dead.joins->(d->>'join')->'rule'->'count' else 'null'::jsonb end)), '[]')
              from jsonb_array_elements(v_dead.if_dead) d)) f);
    end loop;

    -- Iterations that end and those that begin in their place. The map itself goes on after its last one.
    if exists (select from unnest(v) where item is not null) then
      with ends as (
        select x.ord, x.run_id, x.index, x.result, s.id as map_step
          from (select p.ord, p.run_id, i.* from unnest(v) p, jsonb_to_record(p.item) as i(map text, parent text, index int, result jsonb) offset 0) x
          join step s on s.run_id = x.run_id and s.state = x.map and s.path = x.parent
         where s.status = 'waiting'),
      noted as (
        update map_item i set outcome = 'ok', result = nullif(e.result, 'null') from ends e
         where i.step_id = e.map_step and i.index = e.index and i.outcome is null returning i.step_id, e.ord),
      turn as (
        select n.map_step, n.ord, n.ended, m.next as first, least(m.total - m.next, n.ended) as begins
          from (select step_id as map_step, max(ord) as ord, count(*)::int as ended from noted group by 1) n join map_run m on m.step_id = n.map_step),
      turned as (
        update map_run m set finished = m.finished + t.ended, next = m.next + t.begins from turn t where m.step_id = t.map_step
        returning m.step_id, t.ord, t.first, t.begins, m.total, m.finished, m.failed, m.body)
      select jsonb_agg(to_jsonb(turned) || jsonb_build_object('state', s.state, 'path', s.path, 'run_id', s.run_id) order by ord) into v_maps
        from turned join step s on s.id = turned.step_id;
    end if;

    -- What begins: under this worker's lease as far as it can take it on, else by a job. `woken`: a map whose items are done.
    select array_agg(row(b.ord, b.id, b.run_id, b.state, b.path, b.may and b.rank <= v_keep, b.woken)::sg_begun order by b.ord, b.n) into v_begun
      from (select n.*, row_number() over (partition by may order by ord, n) as rank
              from (
                select p.ord, 0 as n, nextval('step_id_seq') as id, p.run_id, x.state, p.path, p.open as may, false as woken
                  from unnest(v) p, jsonb_array_elements_text(p.starts) as x(state)
                union all
                select e.ord, 1, nextval('step_id_seq'), e.run_id, e."join", e.path, p.open, false
                  from unnest(v_settled) e join unnest(v) p on p.ord = e.ord where e.fires and e."join" <> '$end'
                union all
                select (m->>'ord')::int, 2 + i, nextval('step_id_seq'), (m->>'run_id')::bigint, x.state, sg_child_path(m->>'path', m->>'state', i), p.open, false
                  from jsonb_array_elements(v_maps) m join unnest(v) p on p.ord = (m->>'ord')::int,
                       generate_series((m->>'first')::int, (m->>'first')::int + (m->>'begins')::int - 1) i, jsonb_array_elements_text(m->'body'->'starts') as x(state)
                union all
                select (m->>'ord')::int, 1, (m->>'step_id')::bigint, (m->>'run_id')::bigint, m->>'state', m->>'path', p.open, true
                  from jsonb_array_elements(v_maps) m join unnest(v) p on p.ord = (m->>'ord')::int where m->'finished' = m->'total') n) b;
    if v_begun is not null then
      insert into step (id, run_id, state, path, status, lease, attempt, started_at, attempt_at)
      select b.id, b.run_id, b.state, b.path, case when running then 'running' else 'ready' end, case when running then p_worker end, running::int,
             case when running then now() end, case when running then now() end
        from unnest(v_begun) b where not woken;
      if v_maps is not null then
        update step s set status = case when b.running then 'running' else 'ready' end, lease = case when b.running then p_worker end, waiting = null,
               decision = '{"kind": "items-done"}', attempt_at = now()
          from unnest(v_begun) b where b.woken and s.id = b.id;
      end if;
      select jsonb_object_agg(ord, claimed) into v_next
        from (select b.ord, jsonb_agg(jsonb_build_object('stepId', b.id::text, 'state', b.state, 'path', b.path,
                       'attempt', case when woken then s.attempt else 1 end, 'decision', case when woken then s.decision end) order by b.id) as claimed
                from unnest(v_begun) b left join step s on b.woken and s.id = b.id where b.running group by b.ord) n;
    end if;

    -- The runs: one row of events each, their counters, and what follows from them.
    with change as (
      select run_id, jsonb_agg(event order by n, ord, i) filter (where event is not null) as events, sum(ended)::int as ended, sum(begun)::int as begun,
             sum(woken)::int as woken, bool_or(ends) as ends, sg_merge(output) as output
        from (
          select run_id, 0 as n, ord::bigint, x.i, x.event, (x.i = 1)::int as ended, 0 as begun, 0 as woken, false as ends, case when x.i = 1 then output end as output
            from unnest(v), jsonb_array_elements(events) with ordinality as x(event, i)
          union all
          select run_id, 1, id, 0, sg_event(case when running then 'step.started' else 'step.ready' end,
                   jsonb_build_object('state', state, 'path', path) || case when running then jsonb_build_object('attempt', case when woken then (select s.attempt from step s where s.id = v_begun.id) else 1 end) else '{}' end), 0, 1, woken::int, false, null from unnest(v_begun) v_begun
          union all
          select (m->>'run_id')::bigint, 2, (m->>'ord')::bigint, 0, sg_event('map.progress', jsonb_build_object('state', m->'state', 'path', m->'path',
                   'total', m->'total', 'finished', m->'finished', 'failed', m->'failed')), 0, 0, 0, false, null from jsonb_array_elements(v_maps) m
          union all
          select run_id, -1, 0, 0, sg_event('run.started', '{}'), 0, 0, 0, false, null from unnest(v) where queued group by run_id
          union all
          select run_id, 3, 0, 0, null, 0, 0, 0, true, null from unnest(v_settled) where fires and "join" = '$end') u
       group by run_id),
    next as (
      select c.*, r.status as was, r.active - c.ended + c.begun as active, r.waiting - c.woken as waiting,
             case when c.ends then 'completed' when r.active - c.ended + c.begun > 0 then 'running' when r.waiting - c.woken > 0 then 'waiting' else r.status end as status,
             r.seq + jsonb_array_length(c.events) as seq
        from change c join run r on r.id = c.run_id),
    changed as (
      update run r set active = n.active, waiting = n.waiting, status = n.status, started_at = coalesce(r.started_at, now()),
             seq = n.seq + (n.status <> n.was and not (n.was = 'queued' and n.status = 'running'))::int,
             output = case when n.output = '{}' then r.output else coalesce(r.output, '{}') || n.output end,
             ended_at = case when n.ends then now() end
        from next n where r.id = n.run_id
      returning r.id, r.seq, r.status, r.parent_step_id, n.events || case when n.status = n.was or (n.was = 'queued' and n.status = 'running') then '[]'::jsonb
        when n.status = 'completed' then sg_event('run.completed', jsonb_build_object('output', r.output, 'spendMicros', r.spend_micros))
        else sg_event('run.' || case n.status when 'running' then 'resumed' else n.status end, '{}') end as events),
    told as (insert into run_event (run_id, seq, events) select id, seq, events from changed),
    over as (delete from live_run l using changed where l.run_id = changed.id and changed.status = 'completed')
    select array_agg(id) into v_ids from changed where status = 'completed' and parent_step_id is not null;
    if v_ids is not null then
      perform graphile_worker.add_job('child-ended', json_build_object('runId', id::text), priority := 0) from unnest(v_ids) id;
    end if;
    if v_begun is not null then
      select array_agg(b.id order by b.id) into v_ids from unnest(v_begun) b join run r on r.id = b.run_id where not b.running and r.paused_at is null;
      perform sg_add_jobs(v_ids, now());
      v_keep := greatest(0, v_keep - (select count(*)::int from unnest(v_begun) where running));
    end if;
  end if;

  for v_one in select (i->>'ord') as ord, i from jsonb_array_elements(p_items) i where i->'other' is not null order by (i->>'ord')::int loop
    v_more := sg_commit_one(p_worker, (v_one.i->'other') || jsonb_build_object('step', v_one.i->'step', 'attempt', v_one.i->'attempt'),
      case when (v_one.i->>'stay')::boolean then v_keep else 0 end);
    if v_more is not null then
      v_ok := coalesce(v_ok, '[]') || to_jsonb(v_one.ord::int);
      v_next := coalesce(v_next, '{}') || jsonb_build_object(v_one.ord, v_more->'next');
      v_keep := greatest(0, v_keep - jsonb_array_length(v_more->'next'));
    end if;
  end loop;
  return jsonb_build_object('ok', coalesce(v_ok, '[]'), 'next', coalesce(v_next, '{}'));
end $$;
