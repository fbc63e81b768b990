import type { RunEvent } from '#server/live/types.ts';
import type { NodeStatus, RunRow, StepStatus } from '#server/runs/types.ts';

/** A run as the browser follows it: a snapshot, and what happened since. */
export type LiveRun = {
  row: RunRow;
  nodes: Readonly<Record<string, NodeStatus>>;
  /** Events up to here are contained. */
  seq: number;
  /** Steps that are not over and of which an event told, by state and path: what a later event moves them from. */
  open: ReadonlyMap<string, OpenStep>;
  /** Some count had to be guessed, as a snapshot does not name steps: ask for a fresh one. */
  guessed: boolean;
};
type OpenStep = { status: StepStatus; attempt: number };

export const noStatus: NodeStatus = {
  ready: 0,
  running: 0,
  waiting: 0,
  done: 0,
  failed: 0,
  cancelled: 0,
  attempts: 0,
  waitingFor: null,
  failure: null,
  costMicros: 0,
  workMs: 0,
  firstStartedAt: null,
  lastEndedAt: null,
  lastPath: '',
  outcomes: {},
};

/** A run as a snapshot tells it. */
export function liveRun(row: RunRow, nodes: Record<string, NodeStatus>, seq: number): LiveRun {
  return { row, nodes, seq, open: new Map(), guessed: false };
}

/** The run with a fresh snapshot's counts; what is known of single steps stays. An older snapshot changes nothing. */
export function adoptSnapshot(run: LiveRun, fresh: LiveRun): LiveRun {
  return fresh.seq < run.seq ? run : { ...fresh, open: run.open };
}

/** The run after `events`; those that it already contains are passed over. Pure. */
export function applyRunEvents(run: LiveRun, events: readonly RunEvent[]): LiveRun {
  return events.reduce((state, event) => (event.seq <= state.seq ? state : applyRunEvent(state, event)), run);
}

function applyRunEvent(run: LiveRun, event: RunEvent): LiveRun {
  const after = { ...run, seq: event.seq };
  switch (event.kind) {
    case 'run.queued':
      return withRow(after, { status: 'queued' });
    case 'run.started':
      return withRow(after, { status: 'running', startedAt: run.row.startedAt ?? event.at });
    case 'run.waiting':
      return withRow(after, { status: 'waiting' });
    case 'run.resumed':
      return withRow(after, { status: 'running' });
    case 'run.completed':
      return withRow(after, { status: 'completed', endedAt: event.at, spendMicros: event.data.spendMicros });
    case 'run.failed':
      return withRow(after, { status: 'failed', endedAt: event.at, failure: event.data.failure });
    case 'run.cancelled':
      return withRow(after, { status: 'cancelled', endedAt: event.at });
    case 'step.ready':
      return moveStep(after, event.data, 'ready', (node) => node);
    case 'step.started':
      return startStep(after, event.data, event.at);
    case 'step.done': {
      const { outcome, ms } = event.data;
      return moveStep(after, event.data, 'done', (node) => ended(node, { outcome, ms, at: event.at }));
    }
    case 'step.failed': {
      const { outcome, ms, failure } = event.data;
      return moveStep(after, event.data, 'failed', (node) => ({
        ...ended(node, { outcome, ms, at: event.at }),
        failure,
      }));
    }
    case 'step.waiting':
      return moveStep(after, event.data, 'waiting', (node) => ({ ...node, waitingFor: event.data.waiting }));
    case 'step.cancelled':
      return moveStep(after, event.data, 'cancelled', (node) => ({ ...node, lastEndedAt: event.at }));
    case 'map.progress': {
      const { state, total, finished, failed } = event.data;
      return withNode(after, state, (node) => ({ ...node, map: { total, finished, failed } }));
    }
    case 'spend': {
      const { state, costMicros } = event.data;
      const spent = withRow(after, { spendMicros: run.row.spendMicros + costMicros });
      return withNode(spent, state, (node) => ({ ...node, costMicros: node.costMicros + costMicros }));
    }
    default: {
      const never: never = event;
      throw new Error(`Not a known event: ${JSON.stringify(never)}`);
    }
  }
}

function withRow(run: LiveRun, change: Partial<RunRow>): LiveRun {
  return { ...run, row: { ...run.row, ...change } };
}

function withNode(run: LiveRun, state: string, change: (node: NodeStatus) => NodeStatus): LiveRun {
  return { ...run, nodes: { ...run.nodes, [state]: change(run.nodes[state] ?? noStatus) } };
}

function ended(node: NodeStatus, end: { outcome: string | null; ms: number; at: number }): NodeStatus {
  const outcomes =
    end.outcome === null ? node.outcomes : { ...node.outcomes, [end.outcome]: (node.outcomes[end.outcome] ?? 0) + 1 };
  return { ...node, outcomes, workMs: node.workMs + end.ms, lastEndedAt: end.at };
}

function startStep(run: LiveRun, at: StepAt & { attempt: number }, now: number): LiveRun {
  const key = keyOf(at);
  const again = run.open.get(key)?.attempt === at.attempt;
  const after = moveStep(run, at, 'running', (node) => ({
    ...node,
    attempts: at.path === '' ? Math.max(node.attempts, at.attempt) : node.attempts + (again ? 0 : 1),
    firstStartedAt: node.firstStartedAt ?? now,
  }));
  const open = new Map(after.open).set(key, { status: 'running', attempt: at.attempt });
  return { ...after, open };
}

type StepAt = { state: string; path: string };
const keyOf = ({ state, path }: StepAt) => `${state} ${path}`;

function moveStep(run: LiveRun, at: StepAt, to: StepStatus, change: (node: NodeStatus) => NodeStatus): LiveRun {
  const key = keyOf(at);
  const before = run.nodes[at.state] ?? noStatus;
  const known = run.open.get(key);
  const { from, guessed } = known ? { from: known.status, guessed: false } : statusBefore(before, at.path, to);
  const open = new Map(run.open);
  if (to === 'done' || to === 'failed' || to === 'cancelled') open.delete(key);
  else open.set(key, { status: to, attempt: known?.attempt ?? 0 });
  const moved = { ...before, lastPath: at.path };
  if (from !== null) moved[from] = Math.max(0, moved[from] - 1);
  moved[to] += 1;
  const after = change(moved);
  const waitingFor = after.waiting === 0 ? null : after.waitingFor;
  return {
    ...run,
    open,
    guessed: run.guessed || guessed,
    nodes: { ...run.nodes, [at.state]: { ...after, waitingFor } },
  };
}

/**
 * Where a step was of which no event told yet. Outside an iteration a node has one step, so its count says it. Inside,
 * a step that ends was running; one that starts may be new or may have been counted as ready or waiting.
 */
function statusBefore(node: NodeStatus, path: string, to: StepStatus): { from: StepStatus | null; guessed: boolean } {
  const counted = (['running', 'waiting', 'ready'] as const).filter((status) => node[status] > 0);
  if (path === '') return { from: counted[0] ?? null, guessed: false };
  switch (to) {
    case 'ready':
      return { from: null, guessed: counted.includes('waiting') || counted.includes('running') };
    case 'running':
      return {
        from: node.ready > 0 ? 'ready' : null,
        guessed: counted.includes('ready') || counted.includes('waiting'),
      };
    case 'done':
    case 'failed':
    case 'waiting':
      return { from: counted[0] ?? null, guessed: node.running === 0 };
    case 'cancelled':
      return { from: counted[0] ?? null, guessed: counted.length > 1 };
    default: {
      const never: never = to;
      throw new Error(`Not a known status: ${String(never)}`);
    }
  }
}
