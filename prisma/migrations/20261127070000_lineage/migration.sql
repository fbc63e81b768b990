-- What the retention policy leaves of a step's reasons: which prompt, which model, which documents, which rules and whose
-- decision it was stay; the texts go, and a hash and the size stay in the place of each.

create function sg_pruned_text(p_text text) returns jsonb language sql immutable as $$
  select jsonb_build_object('sha256', encode(sha256(convert_to(p_text, 'UTF8')), 'hex'), 'bytes', octet_length(p_text))
$$;

-- One reason without its texts. What is short is kept as it is.
create function sg_pruned_reason(p_entry jsonb) returns jsonb language sql immutable as $$
  select case p_entry->>'kind'
    when 'prompt' then p_entry || jsonb_build_object('messages', '[]'::jsonb, 'removed', sg_pruned_text((p_entry->'messages')::text))
    when 'retrieved' then (p_entry - 'considered') || jsonb_build_object('query', left(p_entry->>'query', 200), 'hits', (
      select coalesce(jsonb_agg(h || jsonb_build_object('text', '', 'removed', sg_pruned_text(h->>'text')) order by n), '[]')
        from jsonb_array_elements(p_entry->'hits') with ordinality as x(h, n)))
    when 'effect' then case when octet_length((p_entry->'receipt')::text) > 500 then p_entry || jsonb_build_object('receipt', sg_pruned(p_entry->'receipt')) else p_entry end
    when 'file' then case when octet_length((p_entry->'details')::text) > 500 then p_entry || jsonb_build_object('details', sg_pruned(p_entry->'details')) else p_entry end
    else p_entry end
$$;

create function sg_pruned_reasons(p_list jsonb) returns jsonb language sql immutable as $$
  select case when jsonb_typeof(p_list) <> 'array' then p_list
    else (select coalesce(jsonb_agg(sg_pruned_reason(e) order by n), '[]') from jsonb_array_elements(p_list) with ordinality as x(e, n)) end
$$;

-- As before, but that reasons are left by reference. Answers {runs, values, bytes, last}.
create or replace function sg_prune_values(p_project uuid, p_before timestamptz, p_after bigint, p_limit int, p_bytes int, p_dry boolean) returns jsonb language plpgsql as $$
declare v_runs bigint[]; v_values bigint; v_bytes bigint;
begin
  v_runs := array(select id from run where project_id = p_project and id > p_after and values_pruned_at is null and ended_at < p_before
                     and status in ('completed', 'failed', 'cancelled') and undo is distinct from 'undoing' order by id limit p_limit for update skip locked);
  with old as (
    select v.step_id, octet_length(v.input::text) as i, octet_length(v.output::text) as o, octet_length(v.provenance::text) as p, octet_length(v.logs::text) as l
      from step s join step_value v on v.step_id = s.id where s.run_id = any(v_runs)),
  items as (
    select m.step_id, m.index, octet_length(m.value::text) as v, octet_length(m.result::text) as r
      from map_run g join map_item m on m.step_id = g.step_id where g.run_id = any(v_runs)),
  pruned as (
    update step_value v set
           input = case when o.i > p_bytes then sg_pruned(v.input) else v.input end, output = case when o.o > p_bytes then sg_pruned(v.output) else v.output end,
           provenance = case when o.p > p_bytes then sg_pruned_reasons(v.provenance) else v.provenance end, logs = case when o.l > p_bytes then sg_pruned(v.logs) else v.logs end
      from old o where v.step_id = o.step_id and not p_dry and greatest(o.i, o.o, o.p, o.l) > p_bytes),
  pruned_items as (
    update map_item m set value = case when i.v > p_bytes then sg_pruned(m.value) else m.value end, result = case when i.r > p_bytes then sg_pruned(m.result) else m.result end
      from items i where m.step_id = i.step_id and m.index = i.index and not p_dry and greatest(i.v, i.r) > p_bytes)
  select count(*), coalesce(sum(x.bytes), 0) into v_values, v_bytes
    from (select unnest(array[i, o, p, l]) as bytes from old union all select unnest(array[v, r]) from items) x where x.bytes > p_bytes;
  if not p_dry then update run set values_pruned_at = now() where id = any(v_runs); end if;
  return jsonb_build_object('runs', cardinality(v_runs), 'values', v_values, 'bytes', v_bytes, 'last', v_runs[cardinality(v_runs)]::text);
end $$;
