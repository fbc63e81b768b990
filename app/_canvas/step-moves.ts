import type { NodeStatus, OpenStep as OpenStepRow, RunRow, StepStatus } from '#server/runs/types.ts';

/** A run as the browser follows it: a snapshot, and what happened since. */
export type LiveRun = {
  row: RunRow;
  nodes: Readonly<Record<string, NodeStatus>>;
  /** Events up to here are contained. */
  seq: number;
  /** Steps that are not over, by state and path, as far as they were told: what a later event moves them from. */
  open: ReadonlyMap<string, OpenStep>;
  /** Some count had to be guessed, as a snapshot does not name steps: ask for a fresh one. */
  guessed: boolean;
};
/** A run while events are applied to it: nodes and open steps are its own and change in place, however many events come at once. */
export type MovingRun = LiveRun & { nodes: Record<string, NodeStatus>; open: Map<string, OpenStep> };
type OpenStep = { status: OpenStatus; attempt: number };
type OpenStatus = 'ready' | 'running' | 'waiting';

export const noStatus: NodeStatus = {
  ready: 0,
  running: 0,
  waiting: 0,
  done: 0,
  failed: 0,
  cancelled: 0,
  undone: 0,
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

/** The run for events to be applied to; `run` stays as it is. */
export function moving(run: LiveRun): MovingRun {
  return { ...run, nodes: { ...run.nodes }, open: new Map(run.open) };
}

export function withRow(run: MovingRun, change: Partial<RunRow>): MovingRun {
  return { ...run, row: { ...run.row, ...change } };
}

export function withNode(run: MovingRun, state: string, change: (node: NodeStatus) => NodeStatus): MovingRun {
  run.nodes[state] = change(run.nodes[state] ?? noStatus);
  return run;
}

/** The node after one of its steps ended. */
export function ended(node: NodeStatus, end: { outcome: string | null; ms: number; at: number }): NodeStatus {
  return { ...left(node, end.outcome), workMs: node.workMs + end.ms, lastEndedAt: end.at };
}

function left(node: NodeStatus, outcome: string | null): NodeStatus {
  if (outcome === null) return node;
  return { ...node, outcomes: { ...node.outcomes, [outcome]: (node.outcomes[outcome] ?? 0) + 1 } };
}

type StepAt = { state: string; path: string };
const keyOf = ({ state, path }: StepAt) => `${state} ${path}`;

export function openMap(open: readonly OpenStepRow[]): LiveRun['open'] {
  return new Map(open.map((step) => [keyOf(step), { status: step.status, attempt: step.attempt }]));
}

/** A step that a fork took over: it is over, and did not run here. */
export function inheritStep(
  run: MovingRun,
  step: StepAt & { status: 'done' | 'failed'; outcome: string | null },
): MovingRun {
  return withNode(run, step.state, (node) => ({
    ...left(node, step.outcome),
    [step.status]: node[step.status] + 1,
    lastPath: step.path,
  }));
}

/** A step whose effects were taken back. */
export function undoStep(run: MovingRun, { state }: StepAt): MovingRun {
  return withNode(run, state, (node) => {
    const from = node.done > 0 ? 'done' : node.failed > 0 ? 'failed' : null;
    return from === null ? node : { ...node, [from]: node[from] - 1, undone: node.undone + 1 };
  });
}

/** A step that began an attempt at `now`. */
export function startStep(run: MovingRun, step: StepAt & { attempt: number }, now: number): MovingRun {
  const again = run.open.get(keyOf(step))?.attempt === step.attempt;
  const after = moveStep(run, step, {
    to: 'running',
    at: now,
    change: (node) => ({
      ...node,
      attempts: step.path === '' ? Math.max(node.attempts, step.attempt) : node.attempts + (again ? 0 : 1),
      firstStartedAt: node.firstStartedAt ?? now,
    }),
  });
  after.open.set(keyOf(step), { status: 'running', attempt: step.attempt });
  return after;
}

type Move = { to: StepStatus; at: number; change?: (node: NodeStatus) => NodeStatus };

/** Moves a step to a status. One that was never told to have started ran at once, from `at` on, in one attempt. */
export function moveStep(run: MovingRun, step: StepAt, { to, at, change = (node) => node }: Move): MovingRun {
  const key = keyOf(step);
  const before = run.nodes[step.state] ?? noStatus;
  const known = run.open.get(key);
  const { from, guessed } = known ? { from: known.status, guessed: false } : statusBefore(run, step, to);
  const tried = to === 'done' || to === 'failed' || to === 'waiting';
  const atOnce = tried && (known?.attempt ?? 0) === 0 && (from === null || from === 'ready');
  const moved: NodeStatus = { ...before, lastPath: step.path };
  if (from !== null) moved[from] = Math.max(0, moved[from] - 1);
  moved[to] += 1;
  if (atOnce) {
    moved.attempts = step.path === '' ? Math.max(moved.attempts, 1) : moved.attempts + 1;
    moved.firstStartedAt ??= at;
  }
  const after = change(moved);
  if (isOpen(to)) run.open.set(key, { status: to, attempt: atOnce ? 1 : (known?.attempt ?? 0) });
  else run.open.delete(key);
  run.nodes[step.state] = { ...after, waitingFor: after.waiting === 0 ? null : after.waitingFor };
  return guessed ? { ...run, guessed } : run;
}

function isOpen(status: StepStatus): status is OpenStatus {
  return status === 'ready' || status === 'running' || status === 'waiting';
}

/**
 * Where a step was of which no event told yet. Outside an iteration a node has one step, so its count says it. Inside,
 * it is new where events told of all that are counted; else it may be one that a snapshot counted.
 */
function statusBefore(
  run: LiveRun,
  { state, path }: StepAt,
  to: StepStatus,
): { from: OpenStatus | null; guessed: boolean } {
  const node = run.nodes[state] ?? noStatus;
  const counted = (['running', 'waiting', 'ready'] as const).filter((status) => node[status] > 0);
  const first = counted[0] ?? null;
  if (path === '' || first === null) return { from: first, guessed: false };
  const told = [...run.open.keys()].filter((key) => key.startsWith(`${state} `)).length;
  if (told >= node.ready + node.running + node.waiting) return { from: null, guessed: false };
  if (to === 'ready') return { from: null, guessed: counted.includes('waiting') || counted.includes('running') };
  if (to === 'running') return { from: node.ready > 0 ? 'ready' : null, guessed: true };
  return { from: first, guessed: to === 'cancelled' ? counted.length > 1 : node.running === 0 };
}
