import type { Woken } from '../define-node.ts';
import type { Json } from '../json.ts';
import type { LiveStep, Resumed, World } from './world.ts';

/** Something that may happen next: a step runs, maybe because what it waited for has come. */
export type Turn = { step: LiveStep; resumed: Resumed | null; nowMs: number };

/** All that may happen next: ready steps first, then what comes from outside, then the earliest of the times. */
export function turns(world: World): Turn[] {
  const live = [...world.steps.values()];
  const waiting = live.filter(({ status }) => status === 'waiting');
  const at = (step: LiveStep, resumed: Resumed | null, nowMs = world.nowMs): Turn => ({ step, resumed, nowMs });
  return [
    ...live.filter(({ status }) => status === 'ready').map((step) => at(step, step.resumed)),
    ...waiting.flatMap((step) => {
      const resumed = arrived(world, step);
      return resumed ? [at(step, resumed)] : [];
    }),
    ...earliest(waiting).map((step) => at(step, timed(step), Math.max(world.nowMs, step.wakeMs!))),
  ];
}

function earliest(waiting: LiveStep[]): LiveStep[] {
  const timers = waiting.filter(({ wakeMs }) => wakeMs !== null);
  const first = Math.min(...timers.map(({ wakeMs }) => wakeMs!));
  return timers.filter(({ wakeMs }) => wakeMs === first);
}

/** A retry is a new attempt, which waited for nothing. */
function timed({ waiting }: LiveStep): Resumed | null {
  return waiting?.kind === 'retry' ? null : { kind: 'woken', woken: { kind: 'timer' } };
}

/** What has come from outside for a step that waits, or null. */
function arrived(world: World, step: LiveStep): Resumed | null {
  const { state, path, waiting, task } = step;
  const { receive, approve, resolve } = world.options;
  switch (waiting?.kind) {
    case 'event': {
      const { name, key } = waiting;
      const event = receive ? receive({ state, path, name, key, nowMs: world.nowMs }) : { data: null };
      return event && woken({ kind: 'event', data: event.data, at: world.nowMs });
    }
    case 'child': {
      const { pipeline, version } = waiting;
      return childEnded(world, { state, path, pipeline, version, input: step.called });
    }
    case 'approval': {
      const decision = task && approve ? approve({ state, path, task }) : null;
      return decision && { kind: 'decision', decision };
    }
    case 'failure': {
      const { failure } = waiting;
      const resolution = resolve ? resolve({ state, path, failure }) : ({ kind: 'stop' } as const);
      return resolution && { kind: 'resolved', resolution };
    }
    default:
      return null;
  }
}

type Request = { state: string; path: string; pipeline: string; version: number; input: Json };

function childEnded({ options: { call } }: World, request: Request): Resumed | null {
  const runId = `${request.state}:${request.path}`;
  if (!call) return woken({ kind: 'child', runId, status: 'completed', output: request.input, failure: null });
  const end = call(request);
  return end && woken({ kind: 'child', runId, ...end });
}

function woken(by: Woken): Resumed {
  return { kind: 'woken', woken: by };
}
