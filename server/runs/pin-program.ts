import type { Graph } from '#nodes/core/graph.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { compileOrFail } from '#server/pipelines/compile-graph.ts';
import { signaturesFor } from '#server/pipelines/signatures.ts';
import { programByHash, storeProgram } from '#server/pipelines/store-program.ts';
import type { RunMode } from './types.ts';

/** What a run is pinned to. */
export type Pinned = { programId: string; program: Program; graph: Graph; version: number | null; mode: RunMode };

/** The draft of a pipeline, compiled, for a test run. Errors: COMPILE_FAILED with diagnostics. */
export async function pinDraft(scope: Scope, draft: unknown): Promise<Pinned> {
  const { program, graph } = compileOrFail(draft, await signaturesFor(scope, draft));
  return { programId: await storeProgram(program), program, graph, version: null, mode: 'test' };
}

/** The published version of a pipeline, for a production run. Errors: NOT_PUBLISHED. */
export async function pinVersion(
  version: { number: number; graph: unknown; programHash: string } | null,
): Promise<Pinned> {
  if (!version) throw new AppError('NOT_PUBLISHED');
  const { id, program } = await programByHash(version.programHash);
  const graph = version.graph as Graph;
  return { programId: id, program: readProgram(program), graph, version: version.number, mode: 'production' };
}
