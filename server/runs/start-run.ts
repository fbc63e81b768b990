import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { decideStart } from '#nodes/core/step.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { compileOrFail } from '#server/pipelines/compile-graph.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { programByHash, storeProgram } from '#server/pipelines/store-program.ts';
import { readInput } from './read-input.ts';
import type { RunMode } from './types.ts';

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

type Pinned = { programId: string; program: Program; graph: Graph; version: number | null; mode: RunMode };

/**
 * Starts a run, pinned to the program that the draft or the published version compiles to. Errors: NOT_FOUND,
 * PIPELINE_DISABLED, NOT_PUBLISHED, COMPILE_FAILED with diagnostics, INPUT_INVALID naming the field.
 */
export async function startRun(scope: Scope, args: RunStart): Promise<StartedRun> {
  const { pipeline, version } = await requirePipeline(scope, args.pipelineId);
  if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
  const pinned = args.source === 'draft' ? await pinDraft(pipeline.draft) : await pinVersion(version);
  const { program, ...run } = pinned;
  const input = await readInput(scope, triggerOf(program, args.trigger), args.input);
  const rows = await query<{ started: StartedRun }>('select sg_start_run($1::jsonb) as started', [
    storable({
      ...run,
      projectId: scope.projectId,
      pipelineId: args.pipelineId,
      trigger: args.trigger,
      input,
      requestKey: args.requestKey,
      start: decideStart(program, args.trigger),
    }),
  ]);
  const { runId, ref } = found(rows[0]?.started, 'The started run');
  await hintRuns([runId]);
  return { runId, ref };
}

async function pinDraft(draft: unknown): Promise<Pinned> {
  const { program, graph } = compileOrFail(draft);
  return { programId: await storeProgram(program), program, graph, version: null, mode: 'test' };
}

async function pinVersion(version: { number: number; graph: unknown; programHash: string } | null): Promise<Pinned> {
  if (!version) throw new AppError('NOT_PUBLISHED');
  const { id, program } = await programByHash(version.programHash);
  return { programId: id, program, graph: version.graph as Graph, version: version.number, mode: 'production' };
}

function triggerOf(program: Program, id: string): Program['states'][string] {
  const state = Object.hasOwn(program.triggers, id) ? program.states[id] : undefined;
  if (state) return state;
  const known = Object.keys(program.triggers).join(', ');
  throw new AppError('INPUT_INVALID', `trigger: the pipeline has no trigger "${id}". It has: ${known}.`);
}
