import type { Graph } from '#nodes/core/graph.ts';
import { type Query, readConsistently } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { nodeTitle } from '#server/inbox/node-title.ts';
import type { RunStatus } from './types.ts';
import { type StillStep, whyStep } from './why-step.ts';
import type { RunWhy } from './why-types.ts';

/** What is stored of a run and bears on whether it moves. Times are epoch milliseconds. */
export type StillRun = {
  runId: string;
  status: RunStatus;
  endedAt: number | null;
  createdAt: number;
  paused: { by: string; at: number } | null;
  /** Why its pipeline starts no further production runs until the operator has looked. */
  held: { reason: string } | null;
  undo: string | null;
  /** Steps that run under the lease of a worker that is alive. */
  running: number;
  workersAlive: number;
  /** Steps that live workers run, of all runs together, and how many they can at once. */
  busy: { steps: number; places: number };
  /** Nothing of the run as a whole will move: why, of the view sg_stuck. */
  stuck: string | null;
  /** Steps that do not run. Those beyond a limit are not among them. */
  steps: StillStep[];
};

const ended: Partial<Record<RunStatus, string>> = {
  completed: 'It has completed.',
  failed: 'It has failed.',
  cancelled: 'It was cancelled.',
};

/** Says of a run why it is not moving, in the operator's words, from the reasons that are stored. Pure. */
export function whyNotMoving(run: StillRun): RunWhy {
  const { runId, status, workersAlive } = run;
  const titles = new Map(run.steps.map(({ state, title }) => [state, title]));
  const steps = run.steps
    .map((step) => whyStep(step, run))
    .sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0));
  return { runId, status, moving: run.running > 0, workersAlive, ...aboutRun(run, { steps, titles }), steps };
}

function rank({ stuck, taskId, kind }: RunWhy['steps'][number]): number {
  if (stuck) return 0;
  if (taskId !== null) return 1;
  return kind === 'items' || kind === 'passes' ? 3 : 2;
}

type Titled = { steps: RunWhy['steps']; titles: ReadonlyMap<string, string> };

/** The run as a whole: the first of these that holds is the answer. */
function aboutRun(run: StillRun, { steps, titles }: Titled): Pick<RunWhy, 'summary' | 'moves'> {
  if (run.undo === 'undoing') return { summary: 'It is being undone.', moves: 'The undo goes on by itself.' };
  const over = ended[run.status];
  if (over)
    return { summary: over, moves: 'Start it again, retry it from the failed node, or fork it from a checkpoint.' };
  if (run.stuck !== null)
    return {
      summary: `It is stuck: ${run.stuck}.`,
      moves: 'Workers look for this once a minute. If it stays, cancel the run.',
    };
  const broken = steps.find(({ stuck }) => stuck);
  if (broken)
    return { summary: `It is stuck at “${titles.get(broken.state)}”: ${broken.waitsFor}.`, moves: broken.moves };
  if (run.paused)
    return { summary: `It was paused by ${run.paused.by}.`, moves: 'Go on with it: nothing of it begins until then.' };
  if (run.workersAlive === 0)
    return { summary: 'No worker is alive, so nothing runs.', moves: 'Start one: npm start, or npm run worker.' };
  if (run.running > 0) return { summary: 'It is moving.', moves: 'It goes on by itself.' };
  if (run.held && run.status === 'queued')
    return { summary: `Its pipeline is held: ${run.held.reason}.`, moves: 'Decide the review in the inbox.' };
  return aboutSteps(run, { steps, titles });
}

function aboutSteps(run: StillRun, { steps, titles }: Titled): Pick<RunWhy, 'summary' | 'moves'> {
  const queued = steps.filter(({ kind }) => kind === 'queued').length;
  const { steps: taken, places } = run.busy;
  if (queued > 0 && taken >= places)
    return {
      summary: `All workers are busy: they run ${taken} steps, and can run ${places} at once.`,
      moves: 'It is taken up as soon as one is free. Another worker helps: npm run worker.',
    };
  if (queued > 0) return { summary: 'It is about to be taken up by a worker.', moves: 'It goes on by itself.' };
  const [first] = steps;
  if (!first) return { summary: 'Nothing of it waits.', moves: 'It goes on by itself.' };
  const others = steps.length - 1;
  const more = others === 0 ? '' : `, and ${others} more ${others === 1 ? 'step waits' : 'steps wait'}`;
  return { summary: `“${titles.get(first.state)}” waits for ${first.waitsFor}${more}.`, moves: first.moves };
}

type RunRow = {
  status: RunStatus;
  created: Date;
  ended: Date | null;
  pausedAt: Date | null;
  pausedBy: string | null;
  held: { reason?: string } | null;
  undo: string | null;
  running: number;
  alive: number;
  places: number;
  taken: number;
  graph: Graph;
};
type StepRow = Omit<StillStep, 'title' | 'since' | 'stuck' | 'child'> & {
  since: Date | null;
  childRef: number | null;
  childStatus: RunStatus | null;
  childPipeline: string | null;
};

const mostSteps = 200;

/** Why a run of the project is not moving. Errors: NOT_FOUND. */
export async function getWhyNotMoving(scope: Scope, runId: string): Promise<RunWhy> {
  return await readConsistently(async (read) => {
    const run = found((await read<RunRow>(runSql, [runId, scope.projectId]))[0], `The run ${runId}`);
    const steps = await read<StepRow>(stepsSql, [runId, mostSteps]);
    const stuck = await stuckOf(read, runId);
    return whyNotMoving({
      runId,
      status: run.status,
      createdAt: run.created.getTime(),
      endedAt: run.ended?.getTime() ?? null,
      paused: run.pausedAt && { by: run.pausedBy ?? 'somebody', at: run.pausedAt.getTime() },
      held: run.held && { reason: run.held.reason ?? 'a threshold was reached' },
      undo: run.undo,
      running: run.running,
      workersAlive: run.alive,
      busy: { steps: run.taken, places: run.places },
      stuck: stuckAsAWhole(stuck, steps),
      steps: steps.map(({ since, childRef, childStatus, childPipeline, ...step }) => ({
        ...step,
        child:
          childRef === null ? null : { ref: childRef, status: childStatus ?? 'queued', pipeline: childPipeline ?? '' },
        title: nodeTitle(run.graph, step.state),
        since: since?.getTime() ?? null,
        stuck: stuck.find(({ id }) => id === step.id)?.why ?? null,
      })),
    });
  });
}

const runSql = `
  select r.status, r.created_at as created, r.ended_at as ended, r.paused_at as "pausedAt", r.undo, g.graph, p.held,
         (select actor from audit_entry where project_id = r.project_id and action = 'run.pause' and subject = r.id::text order by id desc limit 1) as "pausedBy",
         (select count(*)::int from step s join worker w on w.id = s.lease
           where s.run_id = r.id and s.status = 'running' and w.dead_at is null and w.stopped_at is null) as running,
         w.alive, w.places,
         (select count(*)::int from live_run l join run o on o.id = l.run_id join step s on s.run_id = o.id where o.active > 0 and s.status = 'running') as taken
    from run r join pipeline p on p.id = r.pipeline_id join run_graph g on g.id = r.graph_id,
         (select count(*)::int as alive, coalesce(sum(concurrency), 0)::int as places from worker
           where dead_at is null and stopped_at is null and heartbeat_at > now() - interval '15 seconds') w
   where r.id = $1 and r.project_id = $2`;

const stepsSql = `
  select s.id::text, s.state, s.path, s.status, s.waiting, k.id::text as "taskId", 
         c.ref as "childRef", c.status as "childStatus", p.name as "childPipeline",
         coalesce(a.ended_at, s.attempt_at, s.created_at) as since
    from step s left join step_attempt a on a.step_id = s.id and a.attempt = s.attempt
    left join task k on k.step_id = s.id and k.status = 'open'
    left join run c on c.parent_step_id = s.id and s.waiting->>'kind' = 'child' left join pipeline p on p.id = c.pipeline_id
   where s.run_id = $1 and s.status in ('ready', 'waiting')
   order by (k.id is null), (coalesce(s.waiting->>'kind', '') in ('items', 'passes')), s.id limit $2`;

type Stuck = { id: string | null; state: string | null; why: string };

async function stuckOf(read: Query, runId: string): Promise<Stuck[]> {
  return await read<Stuck>('select step_id::text as id, state, why from sg_stuck where run_id = $1', [runId]);
}

/** What is broken of the run as a whole, or at a step that is not among those that wait. */
function stuckAsAWhole(stuck: Stuck[], steps: StepRow[]): string | null {
  const one = stuck.find(({ id }) => id === null || !steps.some((step) => step.id === id));
  if (!one) return null;
  return one.state === null ? one.why : `${one.state}, ${one.why}`;
}
