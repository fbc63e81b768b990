import type { NodeKind } from '#nodes/core/define-node.ts';
import type { TimelineRow } from '#server/runs/types.ts';

/** A stretch of time of a step. `waiting` is hatched because it is not work; `backoff` is the pause between attempts. */
export type Bar = {
  kind: 'done' | 'failed' | 'running' | 'cancelled' | 'waiting' | 'backoff' | 'items';
  from: number;
  to: number;
  /** Number of the attempt where there were several. */
  attempt: number | null;
};

/** A gate that passed by itself, or a pipeline that was done at once, takes no time worth calling a wait. */
const shortestWaitMs = 1_000;

type Step = Pick<TimelineRow, 'status' | 'waitingFor' | 'startedAt' | 'endedAt'> &
  Partial<Pick<TimelineRow, 'attempts'>>;

/** The bars of one step. What has not ended reaches to `now`. */
export function barsOf(step: Step, kind: NodeKind, now: number): Bar[] {
  if (step.startedAt === null) return [];
  const from = step.startedAt;
  const to = step.endedAt ?? now;
  if (kind === 'map' || kind === 'loop' || kind === 'agent') return [{ kind: 'items', from, to, attempt: null }];
  if ((kind === 'gate' || kind === 'call') && to - from >= shortestWaitMs)
    return [{ kind: 'waiting', from, to, attempt: null }];
  const attempts = step.attempts ?? [];
  if (attempts.length <= 1 && step.status !== 'waiting') return [{ kind: endOf(step.status), from, to, attempt: null }];
  return attempts.flatMap((attempt, index): Bar[] => {
    const ended = attempt.endedAt ?? now;
    const next = attempts[index + 1];
    const bar: Bar = {
      kind: attempt.result === null ? 'running' : resultKind(attempt.result),
      from: attempt.startedAt,
      to: ended,
      attempt: attempts.length > 1 ? attempt.attempt : null,
    };
    if (next) return [bar, { kind: 'backoff', from: ended, to: next.startedAt, attempt: null }];
    if (step.status !== 'waiting') return [bar];
    const pause = step.waitingFor?.kind === 'retry' ? 'backoff' : 'waiting';
    return [bar, { kind: pause, from: ended, to: now, attempt: null }];
  });
}

/** The bars of many steps of one node as few: those of a kind that touch, or nearly (`gapMs`), become one. */
export function mergeBars(bars: readonly Bar[], gapMs: number): Bar[] {
  const merged: Bar[] = [];
  const last = new Map<Bar['kind'], Bar>();
  for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
    const before = last.get(bar.kind);
    if (before && bar.from <= before.to + gapMs) {
      before.to = Math.max(before.to, bar.to);
      before.attempt = null;
      continue;
    }
    const copy = { ...bar };
    merged.push(copy);
    last.set(bar.kind, copy);
  }
  return merged;
}

function endOf(status: Step['status']): Bar['kind'] {
  switch (status) {
    case 'done':
    case 'failed':
    case 'cancelled':
      return status;
    case 'ready':
    case 'running':
    case 'waiting':
      return 'running';
  }
}

function resultKind(result: string): Bar['kind'] {
  return result === 'failed' || result === 'lost' ? 'failed' : 'done';
}
