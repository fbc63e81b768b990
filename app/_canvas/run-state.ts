import type { RunEvent } from '#server/live/types.ts';
import type { NodeStatus, OpenStep, RunRow } from '#server/runs/types.ts';
import {
  ended,
  inheritStep,
  type LiveRun,
  type MovingRun,
  moveStep,
  moving,
  openMap,
  startStep,
  undoStep,
  withNode,
  withRow,
} from './step-moves.ts';

export { noStatus } from './step-moves.ts';
export type { LiveRun };

type Snapshot = { nodes: Readonly<Record<string, NodeStatus>>; seq: number; open: readonly OpenStep[] };

/** A run as a snapshot tells it: its counts and its open steps are of the same moment, `seq`. */
export function liveRun(row: RunRow, { nodes, seq, open }: Snapshot): LiveRun {
  return { row, nodes, seq, open: openMap(open), guessed: false };
}

/** The fresher of what is known and of a snapshot. */
export function adoptSnapshot(run: LiveRun, fresh: LiveRun): LiveRun {
  return fresh.seq < run.seq ? run : fresh;
}

/** The run after `events`; those that it already contains are passed over. Pure. */
export function applyRunEvents(run: LiveRun, events: readonly RunEvent[]): LiveRun {
  return events.reduce((state, event) => (event.seq <= state.seq ? state : applyRunEvent(state, event)), moving(run));
}

function applyRunEvent(run: MovingRun, event: RunEvent): MovingRun {
  return follows(applyItself({ ...run, seq: event.seq }, event), event);
}

/** What began or became ready in the same commit stands in the same event. */
function follows(run: MovingRun, { data, at }: RunEvent): MovingRun {
  const started = 'started' in data ? (data.started ?? []) : [];
  const ready = 'ready' in data ? (data.ready ?? []) : [];
  const begun = started.reduce((state, step) => startStep(state, step, at), run);
  return ready.reduce((state, step) => moveStep(state, step, { to: 'ready', at }), begun);
}

function applyItself(run: MovingRun, event: RunEvent): MovingRun {
  switch (event.kind) {
    case 'run.queued':
      return (event.data.inherited ?? []).reduce(inheritStep, withRow(run, { status: 'queued' }));
    case 'run.started':
      return withRow(run, { status: 'running', startedAt: run.row.startedAt ?? event.at });
    case 'run.waiting':
      return withRow(run, { status: 'waiting' });
    case 'run.resumed':
      return withRow(run, { status: 'running' });
    case 'run.completed':
      return withRow(run, { status: 'completed', endedAt: event.at, spendMicros: event.data.spendMicros });
    case 'run.failed':
      return withRow(run, { status: 'failed', endedAt: event.at, failure: event.data.failure });
    case 'run.cancelled':
      return withRow(run, { status: 'cancelled', endedAt: event.at });
    case 'run.paused':
      return withRow(run, { pausedAt: event.at });
    case 'run.unpaused':
      return withRow(run, { pausedAt: null });
    case 'run.undoing':
      return withRow(run, { undo: 'undoing' });
    case 'run.undone':
      return withRow(run, { undo: event.data.status });
    // Which steps are taken back or tried again is not told one by one.
    case 'run.rewound':
    case 'run.retried': {
      const goesOn = { status: 'running', endedAt: null, failure: null, undo: null, pausedAt: null } as const;
      return { ...withRow(run, goesOn), open: new Map(), guessed: true };
    }
    case 'spend': {
      const { state, costMicros, cached } = event.data;
      const spent = withRow(run, { spendMicros: run.row.spendMicros + costMicros });
      return withNode(spent, state, (node) => ({
        ...node,
        costMicros: node.costMicros + costMicros,
        ...(cached ? { cached: (node.cached ?? 0) + 1 } : {}),
      }));
    }
    default:
      return applyStepEvent(run, event);
  }
}

type StepEvent = Extract<RunEvent, { kind: `step.${string}` | 'map.progress' }>;

function applyStepEvent(run: MovingRun, event: StepEvent): MovingRun {
  const { at } = event;
  switch (event.kind) {
    case 'step.ready':
      return moveStep(run, event.data, { to: 'ready', at });
    case 'step.started':
      return startStep(run, event.data, at);
    case 'step.done': {
      const { outcome, ms } = event.data;
      const change = (node: NodeStatus) => ended(node, { outcome, ms, at });
      return moveStep(run, event.data, { to: 'done', at: at - ms, change });
    }
    case 'step.failed': {
      const { outcome, ms, failure } = event.data;
      const change = (node: NodeStatus) => ({ ...ended(node, { outcome, ms, at }), failure });
      return moveStep(run, event.data, { to: 'failed', at: at - ms, change });
    }
    case 'step.waiting': {
      const { waiting } = event.data;
      return moveStep(run, event.data, { to: 'waiting', at, change: (node) => ({ ...node, waitingFor: waiting }) });
    }
    case 'step.cancelled':
      return moveStep(run, event.data, { to: 'cancelled', at, change: (node) => ({ ...node, lastEndedAt: at }) });
    case 'step.undone':
      return undoStep(run, event.data);
    case 'map.progress': {
      const { state, total, finished, failed } = event.data;
      return withNode(run, state, (node) => ({ ...node, map: { total, finished, failed } }));
    }
    default: {
      const never: never = event;
      throw new Error(`Not a known event: ${JSON.stringify(never)}`);
    }
  }
}
