import { innermost, type Program, readProgram } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { type Pinned, pinDraft } from '#server/runs/pin-program.ts';
import type { StartedRun } from '#server/runs/start-run.ts';
import { after, beforeNode } from './before-node.ts';
import { compatibilityWith, requireCompatible } from './newest.ts';
import { checkpointOf } from './place.ts';
import { type PastRun, requirePast } from './require-past.ts';
import type { FromPlan } from './types.ts';
import { withoutFailure } from './without-failure.ts';
import { writeFork } from './write-fork.ts';

/** A step of a run from which the draft is to go on. */
export type FromWanted = { runId: string; nodeId: string; path: string };

/**
 * Starts a test run of the draft that goes on from just before a step of another run: what came before, and what ran
 * beside it, is taken over; it does not happen and is not paid for again. Errors: NOT_FOUND; CONFLICT saying why the
 * draft cannot go on there; PIPELINE_DISABLED; COMPILE_FAILED.
 */
export async function forkFrom(scope: Scope, wanted: FromWanted & { requestKey: string | null }): Promise<StartedRun> {
  const { run, pinned, pipeline } = await before(scope, wanted);
  if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
  requireCompatible(compatibilityWith(run, pinned));
  requireReached(run, pinned, wanted);
  const { nodeId, requestKey } = wanted;
  const atSeq = run.past.at(-1)?.entry.seq ?? 0;
  const part = { kind: 'from' as const, nodeId, title: titleOf(pinned, nodeId) };
  return await writeFork(scope, { run, pinned, atSeq, edits: [], input: run.input, requestKey, part });
}

/** What such a run would take over and do, and what stands in its way. Errors: NOT_FOUND, COMPILE_FAILED, CONFLICT. */
export async function planFrom(scope: Scope, wanted: FromWanted): Promise<FromPlan> {
  const { run, pinned } = await before(scope, wanted);
  const compatibility = compatibilityWith(run, pinned);
  if (compatibility.ok) requireReached(run, pinned, wanted);
  const { states } = pinned.program;
  const writes = [...from(pinned.program, wanted)].filter((id) => states[id]?.effect === 'unsafe-write');
  return { ...compatibility, ref: run.ref, inherited: run.past.filter(({ stepId }) => stepId !== null).length, writes };
}

/** The states that run, or may run, from a step on: what follows it, and what follows the maps and loops around it. */
function from(program: Program, { nodeId, path }: FromWanted): Set<string> {
  const found = new Set([nodeId, ...after(program, nodeId)]);
  for (let inner = innermost(path); inner; inner = innermost(inner.parent)) {
    for (const id of after(program, inner.mapId)) found.add(id);
    // The passes behind this one begin anew.
    if (program.states[inner.mapId]?.kind === 'loop') found.add(inner.mapId);
  }
  for (const { id, scope } of Object.values(program.states)) if (scope !== null && found.has(scope)) found.add(id);
  return found;
}

async function before(scope: Scope, { runId, nodeId, path }: FromWanted) {
  const whole = await readConsistently((query) => requirePast(query, { runId, projectId: scope.projectId }));
  if (whole.status === 'queued' || whole.status === 'running')
    throw new AppError(
      'CONFLICT',
      `R-${whole.ref} is at work. Wait until it has ended, or stop it, then run from here.`,
    );
  if (!whole.program.states[nodeId])
    throw new AppError('CONFLICT', `R-${whole.ref} did not have "${nodeId}". Run until here instead.`);
  const failed: PastRun = { ...whole, ...withoutFailure(whole) };
  const run: PastRun = { ...failed, ...beforeNode(whole.program, failed, { state: nodeId, path }) };
  const { pipeline } = await requirePipeline(scope, run.pipelineId);
  const draft = await pinDraft(scope, pipeline.draft);
  const pinned: Pinned = { ...draft, program: readProgram(draft.program) };
  return { run, pinned, pipeline };
}

/** What has not run cannot be gone on from: the step must be next in the draft. */
function requireReached(run: PastRun, { program }: Pinned, { nodeId, path }: FromWanted): void {
  const { frontier } = checkpointOf(program, run);
  if (frontier.some((step) => step.state === nodeId && step.path === path)) return;
  throw new AppError('CONFLICT', `R-${run.ref} did not come to "${nodeId}". Run until here instead.`);
}

function titleOf({ graph }: Pinned, nodeId: string): string {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return node?.title || definitions.get(node?.type ?? '')?.title || nodeId;
}
