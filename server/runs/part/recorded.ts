import type { NamedStep, Whence } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import { enclosingPaths } from '../paths.ts';
import { storedOutput } from '../step-rows.ts';

/** A run that may tell what nodes give. */
export type Candidate = { runId: string; ref: number; trigger: string };
export type Recorded = { outcome: string; output: Json; whence?: Whence };

/** How many runs are looked through for one that came this far. */
const mostRuns = 10;

/** The run that is looked at, then the newest of the pipeline. Runs of which the retention policy removed values are left out. */
export async function candidates(
  projectId: string,
  { pipelineId, runId }: { pipelineId: string; runId: string | null },
): Promise<Candidate[]> {
  return await query<Candidate>(
    `select id::text as "runId", ref, trigger from run
      where project_id = $1 and pipeline_id = $2 and pruned_at is null and values_pruned_at is null
      order by id = $3::bigint desc nulls last, id desc limit $4`,
    [projectId, pipelineId, runId, mostRuns],
  );
}

/** The path of a node in a run: the one that is looked at where the node, or the loop around it, was there; else its newest. */
export async function pathIn(
  runId: string,
  { nodeId, container, path }: { nodeId: string; container: string | null; path: string | null },
): Promise<string> {
  if (container === null) return '';
  const rows = await query<{ path: string }>(
    `select path from step where run_id = $1 and status <> 'undone'
        and (state = $2 or path ~ ('(^|/)' || $3 || ':[0-9]+$'))
      order by path = $4 desc nulls last, state = $2 desc, id desc limit 1`,
    [runId, nodeId, container, path],
  );
  return rows[0]?.path ?? '';
}

/** What nodes gave in a run at a path or around it; of the loops around the path, their item there. By node id. */
export async function recordedIn(
  runId: string,
  { states, containers, path }: { states: string[]; containers: string[]; path: string },
): Promise<Map<string, Recorded>> {
  const rows = await query<Recorded & NamedStep>(
    `select distinct on (s.state) s.id::text as "stepId", s.run_id::text as "runId", s.state, s.path, s.outcome, ${storedOutput} as output
       from step s left join step_value v on v.step_id = s.id
      where s.run_id = $1 and s.state = any($2) and s.path = any($3) and s.outcome is not null and s.status in ('done', 'failed')
      order by s.state, length(s.path) desc`,
    [runId, states.filter((id) => !containers.includes(id)), enclosingPaths(path)],
  );
  const recorded = new Map<string, Recorded>(
    rows.map(({ outcome, output, ...from }) => [from.state, { outcome, output, whence: { from } }]),
  );
  for (const [nodeId, item] of await itemsAt(runId, path)) recorded.set(nodeId, item);
  return recorded;
}

async function itemsAt(runId: string, path: string): Promise<[string, Recorded][]> {
  const steps = path === '' ? [] : path.split('/');
  const at = steps.map((step, depth) => {
    const [state = '', index = '0'] = step.split(':');
    return { state, index: Number(index), path: steps.slice(0, depth).join('/') };
  });
  if (at.length === 0) return [];
  const rows = await query<NamedStep & { index: number; value: Json }>(
    `select s.id::text as "stepId", s.run_id::text as "runId", s.state, s.path, a.index, i.value from jsonb_to_recordset($2::jsonb) as a(state text, index int, path text)
       join step s on s.run_id = $1 and s.state = a.state and s.path = a.path and s.status <> 'undone'
       join map_item i on i.step_id = s.id and i.index = a.index`,
    [runId, JSON.stringify(at)],
  );
  return rows.map(({ index, value, ...from }) => [
    from.state,
    { outcome: 'each', output: { item: value, index }, whence: { from, index } },
  ]);
}
