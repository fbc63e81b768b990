import { createStore, type StoreApi } from 'zustand/vanilla';
import { nextFrame } from '#app/_canvas/next-frame.ts';
import { adoptSnapshot, applyRunEvents, type LiveRun, liveRun, noStatus } from '#app/_canvas/run-state.ts';
import type { LiveMessage, LiveSnapshotRun, RunEvent } from '#server/live/types.ts';
import type { NodeStatus, RunRow } from '#server/runs/types.ts';

/** A run as the server tells it when it is asked for. */
export type FetchedRun = LiveSnapshotRun;

export type LiveRunsState = {
  runs: ReadonlyMap<string, LiveRun>;
  /** The run whose course the canvas shows; null: none. */
  chosen: string | null;
  /** A run that starts is shown; else what is shown stays. */
  follow: boolean;
};

/** The runs of one pipeline, followed live. Framework-free; fed by the subscription. */
export type LiveRuns = {
  store: StoreApi<LiveRunsState>;
  receive(message: LiveMessage): void;
  /** Shows a run and follows it, whether or not the stream told of it yet. */
  choose(runId: string | null): void;
  /** Whether the newest run that starts is shown from now on. */
  follow(newest: boolean): void;
  stop(): void;
};

export const healDelayMs = 1_000;
/** Runs kept in memory; the oldest that are over go first. */
export const keptRuns = 8;

type Options = {
  pipelineId: string;
  /** Null where the run is gone or the server does not answer: it is asked again at the next occasion. */
  fetchRun: (runId: string) => Promise<FetchedRun | null>;
  /** Called with what is to be done in the next frame. */
  onFrame?: (publish: () => void) => void;
};

/**
 * Creates the store. However many messages come, it tells those who watch it once per animation frame at most. The newest
 * run that starts is shown, unless the operator chose another that is still going on.
 */
export function createLiveRuns({ pipelineId, fetchRun, onFrame = nextFrame }: Options): LiveRuns {
  const store = createStore<LiveRunsState>(() => ({ runs: new Map(), chosen: null, follow: true }));
  const healing = new Map<string, { timer: ReturnType<typeof setTimeout>; since: RunEvent[] }>();

  /** What the next frame shows; null: what is shown already. */
  let next: LiveRunsState | null = null;
  const now = () => next ?? store.getState();
  const publish = () => {
    if (next) store.setState(next);
    next = null;
  };

  const put = (run: LiveRun) => {
    const scheduled = next !== null;
    const { chosen, follow, runs: before } = now();
    const runs = trimmed(new Map(before).set(run.row.id, run), chosen);
    next = { runs, chosen: follow ? chosenAfter(chosen, runs, run) : chosen, follow };
    if (!scheduled) onFrame(publish);
    if (run.guessed) heal(run.row.id);
  };

  function heal(runId: string, delayMs = healDelayMs): void {
    if (healing.has(runId)) return;
    const since: RunEvent[] = [];
    const timer = setTimeout(async () => {
      const fetched = await fetchRun(runId);
      healing.delete(runId);
      if (!fetched) return;
      const { nodes, seq, open, ...row } = fetched;
      const known = now().runs.get(runId);
      const after = applyRunEvents(liveRun(row, { nodes, seq, open }), since);
      put(known && after.seq < known.seq ? known : after);
    }, delayMs);
    healing.set(runId, { timer, since });
  }

  function receiveEvents(message: Extract<LiveMessage, { kind: 'events' }>): void {
    healing.get(message.runId)?.since.push(...message.events);
    const known = now().runs.get(message.runId);
    const first = message.events[0];
    if (!known && first && first.seq > 1) {
      heal(message.runId, 0);
      return;
    }
    const run = known ?? liveRun(provisionalRow(message, pipelineId), { nodes: {}, seq: 0, open: [] });
    put(applyRunEvents(run, message.events));
    if (!known) heal(message.runId, 0);
  }

  return {
    store,
    receive(message) {
      if (message.kind === 'events') return receiveEvents(message);
      if (message.kind === 'said') return;
      for (const { seq, nodes, open, ...row } of message.runs) {
        const fresh = liveRun(row, { nodes, seq, open });
        const known = now().runs.get(row.id);
        put(known ? adoptSnapshot(known, fresh) : fresh);
      }
    },
    choose(runId) {
      next = { ...now(), chosen: runId };
      publish();
      if (runId !== null && !now().runs.has(runId)) heal(runId, 0);
    },
    follow(newest) {
      const { runs, chosen } = now();
      const live = [...runs.values()].filter((run) => !isOver(run)).sort((a, b) => b.row.ref - a.row.ref)[0];
      next = { runs, follow: newest, chosen: newest && live ? live.row.id : chosen };
      publish();
    },
    stop() {
      for (const { timer } of healing.values()) clearTimeout(timer);
      healing.clear();
    },
  };
}

export function isOver(run: LiveRun): boolean {
  return run.row.endedAt !== null;
}

function chosenAfter(chosen: string | null, runs: ReadonlyMap<string, LiveRun>, told: LiveRun): string | null {
  if (chosen === told.row.id || isOver(told)) return chosen;
  const shown = chosen === null ? undefined : runs.get(chosen);
  if (shown && (!isOver(shown) || shown.row.ref > told.row.ref)) return chosen;
  return chosen !== null && !shown ? chosen : told.row.id;
}

function trimmed(runs: Map<string, LiveRun>, chosen: string | null): Map<string, LiveRun> {
  const over = [...runs.values()]
    .filter((run) => isOver(run) && run.row.id !== chosen)
    .sort((a, b) => a.row.ref - b.row.ref);
  for (const run of over.slice(0, Math.max(0, runs.size - keptRuns))) runs.delete(run.row.id);
  return runs;
}

/** What can be said of a run of which only events are known yet; the rest is asked for. */
function provisionalRow(message: { runId: string; ref: number; events: RunEvent[] }, pipelineId: string): RunRow {
  return {
    id: message.runId,
    ref: message.ref,
    pipelineId,
    pipelineName: '',
    version: null,
    mode: 'production',
    trigger: '',
    part: null,
    status: 'queued',
    waitingFor: [],
    spendMicros: 0,
    createdAt: message.events[0]?.at ?? 0,
    startedAt: null,
    endedAt: null,
    failure: null,
    pausedAt: null,
    undo: null,
  };
}

/** The status of one node in a run that may not be known yet. */
export function nodeStatusIn(run: LiveRun | undefined, nodeId: string): NodeStatus {
  return run?.nodes[nodeId] ?? noStatus;
}
