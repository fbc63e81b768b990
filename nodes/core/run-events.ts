import type { NodeFailure } from './errors.ts';
import type { Json } from './json.ts';
import type { Path } from './program.ts';
import type { WaitReason } from './step.ts';

type At = { state: string; path: Path };
/** What began or became ready in the same commit, so that one transition is one event. */
type Follows = { started?: (At & { attempt: number })[]; ready?: At[] };

/** What each kind of event of a run tells. Money is micro-dollars, `ms` the time between start and end of the step. */
export type RunEventData = {
  /** `inherited`: steps that a fork took over from the run that it was forked from. */
  'run.queued': Follows & { inherited?: (At & { status: 'done' | 'failed'; outcome: string | null })[] };
  'run.started': Follows;
  'run.waiting': Follows;
  'run.resumed': Follows;
  'run.completed': { output: Json; spendMicros: number };
  'run.failed': { failure: NodeFailure };
  'run.cancelled': Record<string, never>;
  'run.paused': { by?: string };
  'run.unpaused': Follows & { by?: string };
  'run.undoing': Record<string, never>;
  'run.undone': { status: 'undone' | 'partly' };
  /** The run goes on from the checkpoint after the event `toSeq`; `ready` is all that begins there. */
  'run.rewound': Follows & { toSeq: number };
  /** A failed run goes on from what failed; `ready` begins, `waiting` waits again for what it had waited for. */
  'run.retried': Follows & { toSeq: number; by?: string; waiting?: (At & { waiting: WaitReason })[] };
  'step.ready': At;
  'step.started': At & { attempt: number };
  'step.waiting': At & Follows & { waiting: WaitReason };
  'step.done': At & Follows & { outcome: string; ms: number };
  'step.failed': At & Follows & { outcome: string | null; failure: NodeFailure; ms: number };
  'step.cancelled': At;
  'step.undone': At;
  'map.progress': At & Follows & { total: number; finished: number; failed: number };
  /** `cached`: an earlier answer stood for the call, which cost nothing. */
  spend: At & { costMicros: number; cached?: true };
};
export type RunEventKind = keyof RunEventData;

/** A stored event; `seq` is gapless from 1 within the run. */
export type StoredRunEvent = { [K in RunEventKind]: { seq: number; kind: K; data: RunEventData[K] } }[RunEventKind];
