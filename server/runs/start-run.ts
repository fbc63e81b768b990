import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { decideStart } from '#nodes/core/step.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { pinsOf } from '#server/pins/pins-of.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { type Pinned, pinDraft, pinVersion } from './pin-program.ts';
import { readInput } from './read-input.ts';
import { runStarter } from './run-starter.ts';
import { storeGraph } from './store-graph.ts';
import type { RunPart } from './types.ts';

export type RunStart = {
  pipelineId: string;
  /** A run of the draft is a test run; one of the published version is production. */
  source: 'draft' | 'published';
  /** Id of the trigger node. */
  trigger: string;
  input: Json;
  /** The same key again starts nothing and answers the run that it started. */
  requestKey: string | null;
};
export type StartedRun = { runId: string; ref: number };

/**
 * Starts a run, pinned to the program that the draft or the published version compiles to. Errors: NOT_FOUND,
 * PIPELINE_DISABLED, PIPELINE_HELD, NOT_PUBLISHED, COMPILE_FAILED with diagnostics, INPUT_INVALID naming the field.
 */
export async function startRun(scope: Scope, args: RunStart): Promise<StartedRun> {
  const { pipeline, version } = await requirePipeline(scope, args.pipelineId);
  if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
  if (args.source === 'published') refuseHeld(pipeline);
  const pinned = args.source === 'draft' ? await pinDraft(scope, pipeline.draft) : await pinVersion(version);
  const pins = pinned.mode === 'test' ? await pinsOf(scope, args.pipelineId, pinned.program) : null;
  return await launch(scope, { ...args, pinned, pins, part: null });
}

type Launch = Pick<RunStart, 'pipelineId' | 'trigger' | 'input' | 'requestKey'> & {
  pinned: Pinned;
  /** Outputs that stand in for nodes; null: none does. */
  pins: JsonObject | null;
  part: RunPart | null;
};

/** Starts the run of a program that was pinned. Errors: INPUT_INVALID naming the field. */
export async function launch(scope: Scope, args: Launch): Promise<StartedRun> {
  const { pipelineId, pinned, pins, part } = args;
  const { program, graph, programId, version, mode } = pinned;
  const input = await readInput(scope, triggerOf(program, args.trigger), args.input);
  const { timeoutMs } = program.settings;
  const { runId, ref } = await runStarter().add({
    projectId: scope.projectId,
    pipelineId,
    graphId: await storeGraph(graph),
    programId,
    version,
    mode,
    trigger: args.trigger,
    input,
    requestKey: args.requestKey,
    start: decideStart(program, args.trigger),
    ...(pins ? { pins } : {}),
    ...(part ? { part } : {}),
    ...(timeoutMs === null ? {} : { deadlineMs: timeoutMs }),
  });
  await hintRuns([runId]);
  return { runId, ref };
}

/** A pipeline that failed too often is started again when the operator has reviewed why. */
function refuseHeld({ held }: { held: unknown }): void {
  if (held === null) return;
  const { reason } = held as { reason: string };
  throw new AppError(
    'PIPELINE_HELD',
    `The pipeline is held: "${reason}" was reached. Review it in the inbox and release it, then start it again.`,
    { details: held as Json },
  );
}

/** A trigger of a program. Errors: INPUT_INVALID. */
export function triggerOf(program: Program, id: string): Program['states'][string] {
  const state = Object.hasOwn(program.triggers, id) ? program.states[id] : undefined;
  if (state) return state;
  const known = Object.keys(program.triggers).join(', ');
  throw new AppError('INPUT_INVALID', `trigger: the pipeline has no trigger "${id}". It has: ${known}.`);
}
