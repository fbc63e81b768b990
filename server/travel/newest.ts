import { readProgram } from '#nodes/core/program.ts';
import { compatible } from '#nodes/core/travel/compatible.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { type Pinned, pinDraft, pinVersion } from '#server/runs/pin-program.ts';
import type { PastRun } from './require-past.ts';
import { historyOf } from './run-history.ts';
import type { RunCompatibility } from './types.ts';

/** What a run would be pinned to if it were started now: of a test run the draft, else the published version. */
export async function newestOf(scope: Scope, run: PastRun): Promise<Pinned> {
  const { pipeline, version } = await requirePipeline(scope, run.pipelineId);
  const pinned = run.mode === 'test' ? await pinDraft(scope, pipeline.draft) : await pinVersion(version);
  return { ...pinned, program: readProgram(pinned.program) };
}

/** Whether the run, with what it has behind it, can go on on another program. */
export function compatibilityWith(run: PastRun, { program, version }: Pinned): RunCompatibility {
  const answer = compatible(run.program, program, historyOf(run));
  return { ok: answer.ok, version, problems: answer.ok ? [] : answer.problems };
}

/** Errors: CONFLICT naming every node that stands in the way, with the problems in its details. */
export function requireCompatible({ ok, version, problems }: RunCompatibility): void {
  if (ok) return;
  const name = version === null ? 'the draft' : `version ${version}`;
  throw new AppError(
    'CONFLICT',
    `The run cannot go on on ${name}. ${problems.map(({ message }) => message).join(' ')} Use the run's own version, or start a new run.`,
    { details: { problems } },
  );
}
