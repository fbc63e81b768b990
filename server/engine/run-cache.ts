import type { Pool } from 'pg';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { innermost, type Program } from '#nodes/core/program.ts';
import { type ProjectSettings, parseSettings } from '#server/projects/settings.ts';

/** What a run is pinned to and never changes: safe to keep. */
export type RunFacts = {
  runId: string;
  projectId: string;
  pipelineId: string;
  pipelineName: string;
  programId: string;
  input: JsonObject;
  startedAt: string;
  trigger: string;
  mode: 'test' | 'production';
  settings: ProjectSettings;
};

/** Small memory of immutable things, oldest dropped first. */
function memo<V>(limit: number, load: (key: string) => Promise<V>): (key: string) => Promise<V> {
  const kept = new Map<string, Promise<V>>();
  return (key) => {
    const known = kept.get(key);
    if (known) return known;
    const loading = load(key);
    kept.set(key, loading);
    loading.catch(() => kept.delete(key));
    if (kept.size > limit) kept.delete(kept.keys().next().value as string);
    return loading;
  };
}

export type RunCache = {
  facts: (runId: string) => Promise<RunFacts>;
  program: (programId: string) => Promise<Program>;
};

/** Programs and run facts, read once per process while they are in use. */
export function createRunCache(pool: Pool): RunCache {
  return {
    program: memo(50, async (programId) => {
      const { rows } = await pool.query<{ ir: Program }>('select ir from program where id = $1', [programId]);
      if (!rows[0]) throw new Error(`Program ${programId} is not in the database.`);
      return rows[0].ir;
    }),
    facts: memo(500, async (runId) => {
      const { rows } = await pool.query<RunFacts & { settings: unknown }>(
        `select r.id::text as "runId", r.project_id as "projectId", r.pipeline_id as "pipelineId", p.name as "pipelineName",
                r.program_id::text as "programId", r.input, r.trigger, r.mode, to_json(coalesce(r.started_at, now())) as "startedAt", j.settings
           from run r join pipeline p on p.id = r.pipeline_id join project j on j.id = r.project_id where r.id = $1`,
        [runId],
      );
      if (!rows[0]) throw new Error(`Run ${runId} is not in the database.`);
      return { ...rows[0], settings: parseSettings(rows[0].settings) };
    }),
  };
}

/** The outputs of the named states that a step at `path` can see: from its own iteration or one that encloses it. */
export async function loadOutputs(
  pool: Pool,
  runId: string,
  path: string,
  states: string[],
): Promise<Record<string, Json>> {
  if (states.length === 0) return {};
  const { rows } = await pool.query<{ state: string; output: Json }>({
    name: 'sg_outputs',
    text: `select distinct on (s.state) s.state, v.output from step s join step_value v on v.step_id = s.id
            where s.run_id = $1 and s.state = any($2) and s.path = any($3) and s.outcome is not null
            order by s.state, length(s.path) desc`,
    values: [runId, states, enclosing(path)],
  });
  return Object.fromEntries(rows.map((row) => [row.state, row.output]));
}

/** The items of the iterations that enclose `path`, by map id, and the innermost one. */
export async function loadItems(
  pool: Pool,
  runId: string,
  path: string,
): Promise<{ byMap: Record<string, Json>; item?: Json; index?: number }> {
  const byMap: Record<string, Json> = {};
  let found: { item: Json; index: number } | null = null;
  for (let at = innermost(path); at; at = innermost(at.parent)) {
    const { rows } = await pool.query<{ value: Json }>({
      name: 'sg_item',
      text: `select i.value from map_item i join step s on s.id = i.step_id where s.run_id = $1 and s.state = $2 and s.path = $3 and i.index = $4`,
      values: [runId, at.mapId, at.parent, at.index],
    });
    const item = rows[0]?.value ?? null;
    byMap[at.mapId] = { item, index: at.index };
    found ??= { item, index: at.index };
  }
  return { byMap, ...(found ?? {}) };
}

/** What the run has spent so far, in micro-dollars. */
export async function loadSpend(pool: Pool, runId: string): Promise<number> {
  const { rows } = await pool.query<{ micros: string }>({
    name: 'sg_spend',
    text: 'select spend_micros as micros from run where id = $1',
    values: [runId],
  });
  return Number(rows[0]?.micros ?? 0);
}

function enclosing(path: string): string[] {
  const paths = [path];
  for (let at = innermost(path); at; at = innermost(at.parent)) paths.push(at.parent);
  return paths;
}
