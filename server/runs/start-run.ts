import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { decideStart } from '#nodes/core/step.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { compileOrFail } from '#server/pipelines/compile-graph.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { programByHash, storeProgram } from '#server/pipelines/store-program.ts';
import { readInput } from './read-input.ts';
import { runStarter } from './run-starter.ts';
import { storeGraph } from './store-graph.ts';
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
  const { program, graph, ...run } = pinned;
  const input = await readInput(scope, triggerOf(program, args.trigger), args.input);
  const { timeoutMs } = program.settings;
  const { runId, ref } = await runStarter().add({
    projectId: scope.projectId,
    pipelineId: args.pipelineId,
    graphId: await storeGraph(graph),
    ...run,
    trigger: args.trigger,
    input,
    requestKey: args.requestKey,
    start: decideStart(program, args.trigger),
    ...(timeoutMs === null ? {} : { deadlineMs: timeoutMs }),
  });
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
