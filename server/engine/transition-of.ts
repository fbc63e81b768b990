import { randomBytes } from 'node:crypto';
import { innermost, type Program } from '#nodes/core/program.ts';
import { decide, fireAt, iterationEnded, type StepTask } from '#nodes/core/step.ts';
import type { Claimed, Commit, MapBody } from './commit.ts';
import type { Executed } from './execute.ts';

type Part = Omit<Commit, 'workerId' | 'claimed' | 'keep'>;

/** What to commit for an executed step: the transition and what belongs to it. */
export function transitionOf(program: Program, claimed: Claimed, executed: Executed, pipelineName: string): Part {
  const { values } = executed;
  if (executed.kind === 'item')
    return { transition: iterationEnded, values, item: executed.end, ...around(program, claimed) };
  const transition = decide(program, claimed, executed.event);
  return {
    transition,
    values,
    ...(transition.task ? { task: entryOf(transition.task, claimed, pipelineName) } : {}),
    ...(transition.map
      ? { mapBody: { ...mapBodyOf(program, claimed.state), concurrency: transition.map.concurrency } }
      : {}),
  };
}

/** How the iterations of the map around a step begin. */
export function around(program: Program, { path }: Pick<Claimed, 'path'>): Pick<Commit, 'mapBody'> {
  const at = innermost(path);
  return at ? { mapBody: mapBodyOf(program, at.mapId) } : {};
}

/** Whether an iteration around a step ends with its result alone: of a map, whose iterations begin with steps and not with joins. */
export function endsPlainly(program: Program, { path }: Pick<Claimed, 'path'>): boolean {
  const at = innermost(path);
  const body = at && program.states[at.mapId]?.body;
  return Boolean(body && body.again === null && body.arc.arrivals.length === 0);
}

const titles: Record<StepTask['kind'], string> = {
  approval: 'Approve?',
  decision: 'Did this happen?',
  failure: 'This failed. What now?',
  budget: 'Over budget. What now?',
  batch: 'A batch cannot be looked at. What now?',
};

function entryOf(task: StepTask, { state }: Claimed, pipelineName: string): Commit['task'] {
  return {
    token: randomBytes(24).toString('base64url'),
    title: titles[task.kind],
    subject: `${state} in ${pipelineName}`,
  };
}

/** How the iterations of a map or a loop begin and how many there may be. */
export function mapBodyOf(program: Program, mapId: string): MapBody {
  const body = program.states[mapId]?.body;
  if (!body) throw new Error(`State "${mapId}" has no body to repeat.`);
  const { arc, tolerates, again, maxItems } = body;
  return {
    starts: arc.start,
    arrivals: arc.arrivals.map((arrival) => ({
      ...arrival,
      edges: program.joins[arrival.join]?.edges ?? 0,
      fireAt: fireAt(program, arrival.join),
    })),
    tolerates,
    loop: again !== null,
    bound: maxItems,
  };
}
