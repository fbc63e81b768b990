import type { Json, JsonObject } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { pinsOf } from '#server/pins/pins-of.ts';
import type { Pinned } from '#server/runs/pin-program.ts';
import type { StartedRun } from '#server/runs/start-run.ts';
import { storeGraph } from '#server/runs/store-graph.ts';
import type { RunPart } from '#server/runs/types.ts';
import { outputStates, placeAt } from './place.ts';
import type { PastRun } from './require-past.ts';
import type { ForkEdit } from './types.ts';

type Fork = {
  /** The run, with that part of what it has behind it that the new one takes over. */
  run: PastRun;
  pinned: Pinned;
  atSeq: number;
  edits: ForkEdit[];
  input: JsonObject;
  requestKey: string | null;
  /** From which node it goes on, where it was asked for by that. */
  part?: RunPart;
};

/** Starts the run that goes on from there: what it takes over does not happen and is not paid for again. */
export async function writeFork(scope: Scope, fork: Fork): Promise<StartedRun> {
  const { run, pinned, atSeq, edits, input, requestKey, part = null } = fork;
  const { program } = pinned;
  const p: Record<string, Json> = {
    projectId: scope.projectId,
    pipelineId: run.pipelineId,
    sourceId: run.id,
    atSeq,
    programId: pinned.programId,
    graphId: await storeGraph(pinned.graph),
    version: pinned.version,
    mode: pinned.mode,
    trigger: run.trigger,
    input,
    requestKey,
    pins: pinned.mode === 'test' ? await pinsOf(scope, run.pipelineId, program) : null,
    part,
    deadlineMs: program.settings.timeoutMs,
    depth: run.depth,
    by: scope.actor,
    steps: run.past.flatMap(({ stepId }) => (stepId === null ? [] : [stepId])),
    outputs: outputStates(program),
    edits,
    place: placeAt(program, run),
  };
  const rows = await query<{ forked: StartedRun }>('select sg_fork_run($1::jsonb) as forked', [storable(p)]);
  const { runId, ref } = found(rows[0], 'The fork').forked;
  await hintRuns([runId]);
  return { runId, ref };
}
