import type { Pool } from 'pg';
import type { Whence } from '#nodes/core/capabilities.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { innermost, type Program, readProgram } from '#nodes/core/program.ts';
import type { Transition } from '#nodes/core/step.ts';
import { type ProjectSettings, parseSettings } from '#server/projects/settings.ts';
import type { Claimed } from './commit.ts';
import { createGroup } from './group.ts';
import { retried } from './retried.ts';

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
  /** What stands in for nodes, by node id: an output, or the items of a map or loop. Used in test runs only. */
  pins: Record<string, StandIn> | null;
  /** How many calls of subflows are above this run. */
  depth: number;
};

/** `whence`: where it came from; absent where that was not kept. */
export type StandIn = ({ outcome: string; output: Json } | { items: Json[] }) & { whence?: Whence };

export type RunCache = {
  facts: (runId: string) => Promise<RunFacts>;
  /** Takes over facts that came along with something else. */
  learn: (stored: StoredFacts) => void;
  program: (programId: string) => Promise<Program>;
  /** The outputs of the named states that a step can see: from its own iteration or one that encloses it. */
  outputs: (at: Claimed, states: string[]) => Promise<Record<string, Json>>;
  /** Remembers what a step gave, once it is committed, where other states read it. */
  keepOutput: (program: Program, at: Claimed, given: Pick<Transition, 'outcome' | 'output'>) => void;
};

const programsKept = 50;
const runsKept = 1_000;
const outputsKept = 2_000;
/** Larger outputs are read from the database when they are asked for. */
const keptChars = 4_000;

/** What runs are pinned to, and what their steps gave: read once per process while it is in use. */
export function createRunCache(pool: Pool): RunCache {
  const asked = createGroup({ flush: (runIds: string[]) => loadFacts(pool, runIds), most: 256, lanes: 2 });
  const facts = memo(runsKept, asked.add);
  const outputs = new Map<string, Json>();
  return {
    program: memo(programsKept, async (programId) => {
      const { rows } = await retried(() =>
        pool.query<{ ir: Program }>('select ir from program where id = $1', [programId]),
      );
      if (!rows[0]) throw new Error(`Program ${programId} is not in the database.`);
      return readProgram(rows[0].ir);
    }).get,
    facts: facts.get,
    learn: (stored) => facts.set(stored.runId, readFacts(stored)),
    async outputs(at, states) {
      const known: Record<string, Json> = {};
      const unknown = states.filter((state) => {
        const path = enclosing(at.path).find((around) => outputs.has(outputKey(at, state, around)));
        if (path !== undefined) known[state] = outputs.get(outputKey(at, state, path)) as Json;
        return path === undefined;
      });
      return unknown.length === 0 ? known : { ...known, ...(await loadOutputs(pool, at, unknown)) };
    },
    keepOutput(program, at, { outcome, output }) {
      if (outcome === null || output === null || !readStates(program).has(at.state)) return;
      if (JSON.stringify(output).length > keptChars) return;
      outputs.set(outputKey(at, at.state, at.path), output);
      if (outputs.size > outputsKept) outputs.delete(outputs.keys().next().value as string);
    },
  };
}

const readBy = new WeakMap<Program, Set<string>>();

/** The states whose outputs others read. */
function readStates(program: Program): Set<string> {
  const known = readBy.get(program);
  if (known) return known;
  const states = Object.values(program.states).flatMap(({ reads, body }) => [...reads, ...(body?.resultReads ?? [])]);
  const read = new Set(states);
  readBy.set(program, read);
  return read;
}

const outputKey = ({ runId, generation }: Claimed, state: string, path: string): string =>
  `${runId}~${generation ?? 0}:${state}:${path}`;

type Memo<V> = { get: (key: string) => Promise<V>; set: (key: string, value: V) => void };

/** Small memory of immutable things, oldest dropped first. */
function memo<V>(limit: number, load: (key: string) => Promise<V>): Memo<V> {
  const kept = new Map<string, Promise<V>>();
  const keep = (key: string, value: Promise<V>): void => {
    kept.set(key, value);
    if (kept.size > limit) kept.delete(kept.keys().next().value as string);
  };
  return {
    get(key) {
      const known = kept.get(key);
      if (known) return known;
      const loading = load(key);
      keep(key, loading);
      loading.catch(() => kept.delete(key));
      return loading;
    },
    set: (key, value) => keep(key, Promise.resolve(value)),
  };
}

/** A run's facts as they are stored; to be selected `from run r`, `pipeline p` and `project j`. */
export type StoredFacts = Omit<RunFacts, 'settings'> & { settings: unknown };
export const factsColumns = `r.id::text as "runId", r.project_id as "projectId", r.pipeline_id as "pipelineId", p.name as "pipelineName",
  r.program_id::text as "programId", r.input, r.trigger, r.mode, r.pins, r.depth, to_json(coalesce(r.started_at, now())) as "startedAt", j.settings`;
export const factsTables = 'run r join pipeline p on p.id = r.pipeline_id join project j on j.id = r.project_id';

const readFacts = (stored: StoredFacts): RunFacts => ({ ...stored, settings: parseSettings(stored.settings) });

async function loadFacts(pool: Pool, runIds: string[]): Promise<RunFacts[]> {
  const { rows } = await retried(() =>
    pool.query<StoredFacts>({
      name: 'sg_facts',
      text: `select ${factsColumns} from ${factsTables} where r.id = any($1::bigint[])`,
      values: [runIds],
    }),
  );
  const byRun = new Map(rows.map((row) => [row.runId, row]));
  return runIds.map((runId) => {
    const row = byRun.get(runId);
    if (!row) throw new Error(`Run ${runId} is not in the database.`);
    return readFacts(row);
  });
}

/** An output that is absent where there was nothing to store is an empty object. */
async function loadOutputs(
  pool: Pool,
  { runId, path }: Pick<Claimed, 'runId' | 'path'>,
  states: string[],
): Promise<Record<string, Json>> {
  const { rows } = await retried(() =>
    pool.query<{ state: string; output: Json; stored: boolean }>({
      name: 'sg_outputs',
      text: `select distinct on (s.state) s.state, v.output, v.step_id is not null as stored from step s left join step_value v on v.step_id = s.id
            where s.run_id = $1 and s.state = any($2) and s.path = any($3) and s.outcome is not null
            order by s.state, length(s.path) desc`,
      values: [runId, states, enclosing(path)],
    }),
  );
  return Object.fromEntries(rows.map(({ state, output, stored }) => [state, stored ? output : {}]));
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
    const { rows } = await retried(() =>
      pool.query<{ value: Json }>({
        name: 'sg_item',
        text: `select i.value from map_item i join step s on s.id = i.step_id where s.run_id = $1 and s.state = $2 and s.path = $3 and i.index = $4`,
        values: [runId, at.mapId, at.parent, at.index],
      }),
    );
    const item = rows[0]?.value ?? null;
    byMap[at.mapId] = { item, index: at.index };
    found ??= { item, index: at.index };
  }
  return { byMap, ...(found ?? {}) };
}

/** What the run has spent so far, in micro-dollars. */
export async function loadSpend(pool: Pool, runId: string): Promise<number> {
  const { rows } = await retried(() =>
    pool.query<{ micros: string }>({
      name: 'sg_spend',
      text: 'select spend_micros as micros from run where id = $1',
      values: [runId],
    }),
  );
  return Number(rows[0]?.micros ?? 0);
}

function enclosing(path: string): string[] {
  const paths = [path];
  for (let at = innermost(path); at; at = innermost(at.parent)) paths.push(at.parent);
  return paths;
}
