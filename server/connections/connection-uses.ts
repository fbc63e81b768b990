import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';

/** Something that names a connection, as the operator knows it. */
export type ConnectionUse = { kind: 'class' | 'project' | 'pipeline' | 'run' | 'memory'; name: string };

type Named = ConnectionUse & { model: string };

// A pipeline names models in its draft and its published version; a run that has not ended in the graph that it is pinned to.
const namedSql = `
select 'class' as kind, t.name, n.model
  from task_class t
 cross join lateral (select t.settings->>'model' union all select jsonb_array_elements_text(t.settings->'fallbacks')) n(model)
 where t.project_id = $1
union all
select 'project', name, settings->>'model' from project where id = $1
union all
select 'pipeline', p.name, m #>> '{}'
  from pipeline p left join pipeline_version v on v.pipeline_id = p.id and v.number = p.published
 cross join lateral (values (p.draft), (v.graph)) g(graph)
 cross join lateral jsonb_path_query(g.graph, '$.nodes[*].config.model') m
 where p.project_id = $1
union all
select 'memory', name, model from memory_space where project_id = $1 and model is not null
union all
select 'run', 'R-' || g.ref, m #>> '{}'
  from (select r.graph_id, min(r.ref) as ref from live_run l join run r on r.id = l.run_id where r.project_id = $1 group by 1) g
  join run_graph on run_graph.id = g.graph_id
 cross join lateral jsonb_path_query(run_graph.graph, '$.nodes[*].config.model') m`;

/** What names each of these connections by `name:model`. What a default connection answers without being named is not told. */
export async function connectionUses(
  { projectId }: Pick<Scope, 'projectId'>,
  names: readonly string[],
): Promise<Map<string, ConnectionUse[]>> {
  if (names.length === 0) return new Map();
  const rows = await query<Named>(namedSql, [projectId]);
  const usesOf = (connection: string): ConnectionUse[] => {
    const uses = rows.filter(({ model }) => model?.startsWith(`${connection}:`));
    const once = new Map(uses.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]));
    return [...once.values()];
  };
  return new Map(names.map((name) => [name, usesOf(name)]));
}

const words: Record<ConnectionUse['kind'], (name: string) => string> = {
  class: (name) => `the kind of work ${name}`,
  project: () => 'the model of the project',
  pipeline: (name) => `the pipeline “${name}”`,
  memory: (name) => `memory, which is searched by ${name} or was`,
  run: (name) => `a run under way, ${name}`,
};
const mostTold = 3;

/** The uses as they stand in a sentence. */
export function usesInWords(uses: readonly ConnectionUse[]): string {
  const told = uses.slice(0, mostTold).map(({ kind, name }) => words[kind](name));
  const more = uses.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
