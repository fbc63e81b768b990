import type { NodeFailure } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Path } from '../program.ts';
import type { RunEventData, StoredRunEvent } from '../run-events.ts';
import type { WaitReason } from '../step.ts';

export type RebuiltStep = {
  state: string;
  path: Path;
  status: 'ready' | 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
  attempt: number;
  outcome: string | null;
  waiting: WaitReason | null;
  failure: NodeFailure | null;
  /** An undo took its effects back. */
  undone: boolean;
};

/** A run as its events tell it. */
export type RebuiltRun = {
  /** The last event that is contained. */
  seq: number;
  status: 'queued' | 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';
  paused: boolean;
  undo: 'undoing' | 'undone' | 'partly' | null;
  output: Json;
  failure: NodeFailure | null;
  spendMicros: number;
  /** By `path|state`. */
  steps: Map<string, RebuiltStep>;
  maps: Map<string, { total: number; finished: number; failed: number }>;
  /** What cannot be true of a sound engine: a gap, a step that ended without running, something after the end. */
  problems: { seq: number; message: string }[];
};

type At = { state: string; path: Path };
export const stepKey = ({ state, path }: At): string => `${path}|${state}`;

/** Rebuilds a run from its events, in order from the first: as it was after the last of them. */
export function rebuild(events: readonly StoredRunEvent[]): RebuiltRun {
  const run: RebuiltRun = {
    seq: 0,
    status: 'queued',
    paused: false,
    undo: null,
    output: null,
    failure: null,
    spendMicros: 0,
    steps: new Map(),
    maps: new Map(),
    problems: [],
  };
  for (const event of events) {
    if (event.seq !== run.seq + 1) complain(run, event.seq, `Event ${event.seq} follows event ${run.seq}.`);
    run.seq = event.seq;
    if (event.kind === 'run.rewound') rewind(run, event.data, events);
    else if (event.kind === 'run.retried') retry(run, event.data);
    else apply(run, event);
    if ('started' in event.data || 'ready' in event.data) follow(run, event.data);
  }
  return run;
}

function complain(run: RebuiltRun, seq: number, message: string): void {
  run.problems.push({ seq, message });
}

function apply(run: RebuiltRun, event: Exclude<StoredRunEvent, { kind: 'run.rewound' | 'run.retried' }>): void {
  switch (event.kind) {
    case 'run.queued':
      for (const { state, path, status, outcome } of event.data.inherited ?? [])
        change(run, { state, path }, { status, outcome });
      break;
    case 'run.started':
    case 'run.resumed':
      run.status = 'running';
      break;
    case 'run.waiting':
      run.status = 'waiting';
      break;
    case 'run.completed':
      end(run, 'completed');
      Object.assign(run, event.data);
      break;
    case 'run.failed':
      end(run, 'failed');
      run.failure = event.data.failure;
      break;
    case 'run.cancelled':
      end(run, 'cancelled');
      break;
    case 'run.paused':
      run.paused = true;
      break;
    case 'run.unpaused':
      run.paused = false;
      break;
    case 'run.undoing':
      run.undo = 'undoing';
      break;
    case 'run.undone':
      run.undo = event.data.status;
      break;
    default:
      applyToStep(run, event);
  }
}

type StepKind = 'step.ready' | 'step.started' | 'step.waiting' | 'step.done' | 'step.failed' | 'step.cancelled';
type OfStep = Extract<StoredRunEvent, { kind: StepKind | 'step.undone' | 'map.progress' | 'spend' }>;

function applyToStep(run: RebuiltRun, event: OfStep): void {
  switch (event.kind) {
    case 'step.ready':
      ready(run, event.data);
      break;
    case 'step.started':
      start(run, event.data);
      break;
    case 'step.waiting':
      leaveRunning(run, event.data, { status: 'waiting', waiting: event.data.waiting });
      if (repeats(event.data.waiting)) forgetInside(run, event.data);
      break;
    case 'step.done':
      leaveRunning(run, event.data, { status: 'done', outcome: event.data.outcome });
      break;
    case 'step.failed':
      leaveRunning(run, event.data, { status: 'failed', outcome: event.data.outcome, failure: event.data.failure });
      break;
    case 'step.cancelled':
      change(run, event.data, { status: 'cancelled', waiting: null });
      break;
    case 'step.undone':
      change(run, event.data, { undone: true });
      break;
    case 'map.progress': {
      const { total, finished, failed } = event.data;
      run.maps.set(stepKey(event.data), { total, finished, failed });
      break;
    }
    case 'spend':
      run.spendMicros += event.data.costMicros;
  }
}

const isOver = ({ status }: Pick<RebuiltRun, 'status'>): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

function end(run: RebuiltRun, status: RebuiltRun['status']): void {
  if (isOver(run)) complain(run, run.seq, `The run is ${status} after it was ${run.status}.`);
  run.status = status;
}

function follow(
  run: RebuiltRun,
  { started, ready: readied }: { started?: (At & { attempt: number })[]; ready?: At[] },
) {
  for (const at of started ?? []) start(run, at);
  for (const at of readied ?? []) ready(run, at);
}

function ready(run: RebuiltRun, at: At): void {
  expectStatus(run, at, ['waiting', 'running', 'ready', null], 'is ready');
  change(run, at, { status: 'ready', waiting: null });
}

function start(run: RebuiltRun, { state, path, attempt }: At & { attempt: number }): void {
  expectStatus(run, { state, path }, ['ready', 'waiting', 'running', null], 'starts');
  change(run, { state, path }, { status: 'running', attempt, waiting: null });
}

/** A pure step that is done at once tells nothing of its beginning. */
function leaveRunning(run: RebuiltRun, at: At, to: Partial<RebuiltStep>): void {
  expectStatus(run, at, to.status === 'waiting' ? ['running'] : ['running', 'ready', null], `is ${to.status}`);
  change(run, at, { attempt: Math.max(1, run.steps.get(stepKey(at))?.attempt ?? 0), ...to });
}

function expectStatus(run: RebuiltRun, at: At, from: (RebuiltStep['status'] | null)[], what: string): void {
  const status = run.steps.get(stepKey(at))?.status ?? null;
  const step = `The step "${at.state}"${at.path === '' ? '' : ` at ${at.path}`}`;
  if (!from.includes(status)) complain(run, run.seq, `${step} ${what} while it was ${status ?? 'not there'}.`);
  if (isOver(run)) complain(run, run.seq, `${step} ${what} after the run was ${run.status}.`);
}

function change({ steps }: RebuiltRun, { state, path }: At, to: Partial<RebuiltStep>): void {
  const fresh = { state, path, attempt: 0, outcome: null, waiting: null, failure: null, undone: false };
  const before: RebuiltStep = steps.get(stepKey({ state, path })) ?? { ...fresh, status: 'ready' };
  steps.set(stepKey({ state, path }), { ...before, ...to });
}

/** The run goes on after its failure: what failed or was cancelled with it is ready or waits again, all else stays as it is. */
function retry(run: RebuiltRun, { ready: again = [], waiting = [] }: RunEventData['run.retried']): void {
  run.status = again.length > 0 ? 'running' : 'waiting';
  run.failure = null;
  run.paused = false;
  for (const at of again) change(run, at, { status: 'waiting', outcome: null, failure: null });
  for (const { waiting: reason, ...at } of waiting)
    change(run, at, { status: 'waiting', waiting: reason, outcome: null, failure: null });
}

/** The run as it was after an earlier event; what was under way then begins anew, but maps keep their iterations. */
function rewind(run: RebuiltRun, { toSeq }: { toSeq: number }, events: readonly StoredRunEvent[]): void {
  const then = rebuild(events.filter(({ seq }) => seq <= toSeq));
  const { status: _status, seq: _seq, spendMicros: _spend, problems: _problems, undo: _undo, ...rest } = then;
  Object.assign(run, rest, { status: 'running' });
  for (const [key, { status, waiting }] of run.steps)
    if (status === 'ready' || status === 'running' || (status === 'waiting' && !repeats(waiting)))
      run.steps.delete(key);
}

const repeats = (waiting: WaitReason | null): boolean => waiting?.kind === 'items' || waiting?.kind === 'passes';

/** A map that is tried again begins anew. */
function forgetInside({ steps, maps }: RebuiltRun, { state, path }: At): void {
  const inside = path === '' ? `${state}:` : `${path}/${state}:`;
  for (const kept of [steps, maps]) for (const key of kept.keys()) if (key.startsWith(inside)) kept.delete(key);
}
