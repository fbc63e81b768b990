import type { Json, JsonObject } from '#nodes/core/json.ts';
import { checkValue } from '#nodes/core/types.ts';
import { readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import type { Pinned } from '#server/runs/pin-program.ts';
import { readInput } from '#server/runs/read-input.ts';
import type { StartedRun } from '#server/runs/start-run.ts';
import { withItemsOpen } from './edited-items.ts';
import { compatibilityWith, newestOf, requireCompatible } from './newest.ts';
import { type PastRun, requirePast, requireSeq } from './require-past.ts';
import { pastUpTo } from './run-history.ts';
import type { ForkEdit, ForkVersion } from './types.ts';
import { writeFork } from './write-fork.ts';

export type ForkWanted = {
  runId: string;
  /** The checkpoint after this event. */
  seq: number;
  edits: ForkEdit[];
  /** Another input of the run; absent: the same. */
  input?: Json | undefined;
  version: ForkVersion;
  requestKey: string | null;
};

/**
 * Starts a new run that goes on from a checkpoint of another one, with values edited if wanted. What had ended by then is
 * taken over: it does not happen and is not paid for again. Errors: NOT_FOUND; INPUT_INVALID naming the checkpoint or the
 * edited value; CONFLICT where nothing follows the checkpoint, or the newest version is not compatible; PIPELINE_DISABLED.
 */
export async function forkRun(scope: Scope, wanted: ForkWanted): Promise<StartedRun> {
  const { runId, seq, edits, version, requestKey } = wanted;
  const whole = await readConsistently((query) => requirePast(query, { runId, projectId: scope.projectId }));
  requireSeq(whole, seq);
  const run: PastRun = { ...whole, ...pastUpTo(whole, seq) };
  const { pipeline } = await requirePipeline(scope, run.pipelineId);
  if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
  const pinned = await pinnedFor(scope, run, version);
  const input = wanted.input === undefined ? run.input : await newInput(scope, { run, pinned, input: wanted.input });
  const edited = withItemsOpen(run, edits);
  const all = [...edits.map((edit) => checkedEdit(run, pinned, edit)), ...triggerEdit(run, wanted.input, input)];
  return await writeFork(scope, { run: edited, pinned, atSeq: seq, edits: all, input, requestKey });
}

async function pinnedFor(scope: Scope, run: PastRun, version: ForkVersion): Promise<Pinned> {
  if (version === 'same') return run;
  const pinned = await newestOf(scope, run);
  requireCompatible(compatibilityWith(run, pinned));
  return pinned;
}

async function newInput(
  scope: Scope,
  { run, pinned, input }: { run: PastRun; pinned: Pinned; input: Json },
): Promise<JsonObject> {
  const trigger = pinned.program.states[run.trigger];
  if (!trigger) throw new AppError('CONFLICT', `The pipeline has no trigger "${run.trigger}" any more.`);
  return await readInput(scope, trigger, input);
}

/** A trigger that has run gave the input that the run was started with. */
function triggerEdit(run: PastRun, wanted: Json | undefined, input: JsonObject): ForkEdit[] {
  const hasRun = run.past.some(({ entry }) => entry.kind === 'step' && entry.state === run.trigger);
  return wanted === undefined || !hasRun ? [] : [{ state: run.trigger, path: '', output: input }];
}

function checkedEdit(run: PastRun, { program }: Pinned, { state, path, output }: ForkEdit): ForkEdit {
  const name = path === '' ? state : `${state} at ${path}`;
  const step = run.past.find(
    ({ entry }) => entry.kind === 'step' && entry.state === state && entry.path === path && entry.outcome !== null,
  )?.entry;
  if (step?.kind !== 'step' || step.outcome === null)
    throw new AppError(
      'INPUT_INVALID',
      `edits: "${name}" had not ended at this checkpoint, so it has no output to edit. Edit a step before it.`,
    );
  const type = program.states[state]?.outcomeTypes[step.outcome];
  const problem = type && checkValue(type, output);
  if (problem)
    throw new AppError(
      'INPUT_INVALID',
      `edits: ${name}${problem.path ? `.${problem.path}` : ''}: expected ${problem.expected}, got ${problem.got}.`,
    );
  return { state, path, output };
}
