import type { WaitReason } from '#nodes/core/step.ts';
import { longestBatchHours } from '#server/models/batch/limits.ts';
import { budgetReason } from '#server/money/budget-words.ts';
import type { RunStatus } from './types.ts';
import type { StillRun } from './why-not-moving.ts';
import type { WhyStep } from './why-types.ts';

/** A step that does not run, as it is stored. Times are epoch milliseconds. */
export type StillStep = {
  id: string;
  state: string;
  path: string;
  /** What the operator calls its node. */
  title: string;
  status: 'ready' | 'waiting';
  waiting: WaitReason | null;
  since: number | null;
  /** The open task that asks about it. */
  taskId: string | null;
  /** The run that it called. */
  child: { ref: number; status: RunStatus; pipeline: string } | null;
  /** Why nothing will move it, of the view sg_stuck. */
  stuck: string | null;
};

type Told = Pick<WhyStep, 'kind' | 'waitsFor' | 'until' | 'moves'>;

/** Why one step does not run, in the operator's words. Pure. */
export function whyStep(step: StillStep, run: Pick<StillRun, 'paused' | 'workersAlive'>): WhyStep {
  const { state, path, status, since, taskId, stuck } = step;
  const told = step.waiting ? byReason(step, step.waiting) : ready(run);
  const troubledSince = step.waiting?.kind === 'batch' ? step.waiting.trouble?.sinceMs : undefined;
  const broken = stuck === null ? {} : { waitsFor: stuck, moves: mend(step) };
  return { state, path, status, since: troubledSince ?? since, taskId, stuck: stuck !== null, ...told, ...broken };
}

function mend({ status }: StillStep): string {
  return status === 'ready'
    ? 'A worker gives it a new job within seconds. If it stays, see solograph doctor.'
    : 'Workers look for this once a minute. If it stays, see solograph doctor, or cancel the run.';
}

function ready({ paused, workersAlive }: Pick<StillRun, 'paused' | 'workersAlive'>): Told {
  if (paused)
    return {
      kind: 'paused',
      waitsFor: `${paused.by} to go on with the run`,
      until: null,
      moves: 'Go on with the run.',
    };
  const moves = workersAlive === 0 ? 'Start a worker: npm start, or npm run worker.' : 'It is taken up by itself.';
  return { kind: 'queued', waitsFor: 'a worker', until: null, moves };
}

function byReason(step: StillStep, reason: WaitReason): Told {
  const { kind } = reason;
  switch (kind) {
    case 'approval':
      return { kind, waitsFor: 'your approval', until: null, moves: 'Approve or reject it in the inbox.' };
    case 'decision':
      return { kind, waitsFor: 'you to say whether it happened', until: null, moves: 'Answer in the inbox.' };
    case 'failure':
      return {
        kind,
        waitsFor: `your decision after a failure: ${reason.failure.message}`,
        until: null,
        moves: 'Retry, edit the input, skip, stop or undo in the inbox.',
      };
    case 'retry':
      return {
        kind,
        waitsFor: `its next attempt after ${reason.failure.code}: ${reason.failure.message}`,
        until: reason.untilMs,
        moves: 'It is tried again by itself.',
      };
    case 'items':
      return { kind, waitsFor: `its ${reason.total} items`, until: null, moves: 'See the steps of the items.' };
    case 'passes':
      return {
        kind,
        waitsFor: `its passes, at most ${reason.bound}`,
        until: null,
        moves: 'See the steps of the pass.',
      };
    case 'budget':
      return {
        kind,
        waitsFor: reason.asks ? 'room in a budget that is used up' : 'other model calls to settle',
        until: reason.renewsAtMs,
        moves: reason.asks
          ? `${budgetReason(reason)} Raise the budget, wait or stop in the inbox.`
          : 'It goes on by itself as soon as they came to less than they might have.',
      };
    case 'timer':
      return { kind, waitsFor: 'its time', until: reason.untilMs, moves: 'It goes on by itself.' };
    case 'quota':
      return {
        kind,
        waitsFor: `the quota of ${reason.of}`,
        until: reason.untilMs,
        moves: 'It goes on by itself. Raise the rates of the connection, or give its class another model.',
      };
    case 'place':
      return {
        kind,
        waitsFor: `one of the ${reason.places} calls of the kind of work ${reason.of} that may be under way at once`,
        until: null,
        moves: 'It goes on by itself when one of them has ended. Settings say how many may be.',
      };
    case 'batch':
      return {
        kind,
        until: null,
        ...ofBatch(reason),
      };
    case 'event':
      return { kind, until: reason.untilMs, ...ofEvent(reason) };
    case 'child':
      return { kind, until: reason.untilMs, ...ofChild(step) };
    default:
      throw new Error(`Not a reason to wait: ${JSON.stringify(reason satisfies never)}`);
  }
}

function ofBatch({ of, trouble }: Extract<WaitReason, { kind: 'batch' }>): Pick<Told, 'waitsFor' | 'moves'> {
  if (!trouble)
    return {
      waitsFor: `a batch of ${of}`,
      moves: 'It goes on by itself when the provider has answered, within a day. Batches cost less and take longer.',
    };
  return {
    waitsFor: `a batch of ${of} that cannot be looked at. ${trouble.code}: ${trouble.message}`,
    moves: `It is looked at again every minute, and given up ${longestBatchHours} hours after it was made. Mend what the message names.`,
  };
}

function ofEvent({ name, key, untilMs }: Extract<WaitReason, { kind: 'event' }>): Pick<Told, 'waitsFor' | 'moves'> {
  const event = `the event ${name}${key === '' ? '' : ` with the key ${key}`}`;
  const timeout = untilMs === null ? '' : ' At its latest time it goes on without it.';
  return { waitsFor: event, moves: `A webhook or another run sends it.${timeout}` };
}

function ofChild({ child }: StillStep): Pick<Told, 'waitsFor' | 'moves'> {
  if (child === null) return { waitsFor: 'the run that it calls to start', moves: 'It is started by itself.' };
  const { ref, status, pipeline } = child;
  return { waitsFor: `run R-${ref} of ${pipeline}, which is ${status}`, moves: `See why R-${ref} is not moving.` };
}
