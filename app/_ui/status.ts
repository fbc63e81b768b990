import type { WaitReason } from '#nodes/core/step.ts';
import { plural } from './format.ts';
import { dayOf, isSameDay, minuteOf, secondOf } from './local-time.ts';

/** The statuses that the operator sees, each with its own colour, icon and word. */
export const statuses = [
  'idle',
  'queued',
  'running',
  'waiting',
  'done',
  'failed',
  'skipped',
  'undone',
  'cancelled',
] as const;
export type Status = (typeof statuses)[number];

const words: Record<Status, string> = {
  idle: 'Idle',
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  undone: 'Undone',
  cancelled: 'Cancelled',
};

/** The word beside the status icon. */
export function statusWord(status: Status): string {
  return words[status];
}

/** A run's or step's status as stored, as the operator sees it. */
export function toStatus(stored: string): Status {
  switch (stored) {
    case 'queued':
    case 'ready':
      return 'queued';
    case 'running':
      return 'running';
    case 'waiting':
      return 'waiting';
    case 'completed':
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'undone':
      return 'undone';
    case 'skipped':
      return 'skipped';
    default:
      return 'idle';
  }
}

/** How many steps of a node are in which state, over all iterations. */
export type StepCounts = {
  ready: number;
  running: number;
  waiting: number;
  done: number;
  failed: number;
  cancelled: number;
  undone?: number;
};

/** One status for all steps of a node: what is going on now first, then how it ended. `runEnded`: a node never reached was skipped. */
export function statusOfCounts(counts: StepCounts | undefined, runEnded = false): Status {
  if (!counts) return runEnded ? 'skipped' : 'idle';
  if (counts.running > 0) return 'running';
  if (counts.waiting > 0) return 'waiting';
  if (counts.ready > 0) return 'queued';
  if (counts.failed > 0) return 'failed';
  if (counts.undone) return 'undone';
  if (counts.done > 0) return 'done';
  if (counts.cancelled > 0) return 'cancelled';
  return runEnded ? 'skipped' : 'idle';
}

function untilText(atMs: number): string {
  return isSameDay(atMs, Date.now()) ? minuteOf(atMs) : `${dayOf(atMs)} ${minuteOf(atMs)}`;
}

/** Why a step waits, in a word or two: "approval", "your decision", "until 09:00", "event order.paid", "91 items". */
export function waitText(reason: WaitReason): string {
  switch (reason.kind) {
    case 'approval':
      return 'approval';
    case 'decision':
      return 'did it happen?';
    case 'retry':
      return `retry at ${secondOf(reason.untilMs)}`;
    case 'items':
      return plural(reason.total, 'item');
    case 'failure':
      return 'your decision';
    case 'budget':
      return reason.asks ? 'budget used up' : 'budget: other calls';
    case 'passes':
      return 'its passes';
    case 'timer':
      return `until ${untilText(reason.untilMs)}`;
    case 'quota':
      return `quota until ${untilText(reason.untilMs)}`;
    case 'place':
      return `place: ${reason.of} work`;
    case 'batch':
      return reason.trouble ? `batch out of reach since ${untilText(reason.trouble.sinceMs)}` : 'a batch';
    case 'event':
      return `event ${reason.name}${reason.key === '' ? '' : ` ${reason.key}`}`;
    case 'child':
      return `pipeline ${reason.pipeline}`;
  }
}
