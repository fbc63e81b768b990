import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { compileOrFail } from './compile-graph.ts';
import { requirePipeline } from './require-pipeline.ts';
import { signaturesFor } from './signatures.ts';
import { storeProgram } from './store-program.ts';
import type { Published } from './types.ts';

/**
 * Makes the draft the next version, which never changes; runs that go on finish on theirs. Errors: COMPILE_FAILED;
 * CONFLICT where the draft is no longer the one that the operator saw.
 */
export async function publishPipeline(
  scope: Scope,
  args: { pipelineId: string; note: string; revision: number },
): Promise<Published> {
  const { pipeline } = await requirePipeline(scope, args.pipelineId);
  if (pipeline.draftRevision !== args.revision) throw changed(pipeline.draftRevision);
  const { program, graph, diagnostics } = compileOrFail(pipeline.draft, await signaturesFor(scope, pipeline.draft));
  await storeProgram(program);
  const number = await scope.db.$transaction(async (tx) => {
    const newest = await tx.pipelineVersion.findFirst({
      where: { pipelineId: args.pipelineId },
      orderBy: { number: 'desc' },
      select: { number: true },
    });
    const next = (newest?.number ?? 0) + 1;
    // The revision in the filter makes two publishers of one draft wait for each other, and refuses a newer draft.
    const { count } = await tx.pipeline.updateMany({
      where: { id: args.pipelineId, draftRevision: args.revision, published: pipeline.published },
      data: { published: next },
    });
    if (count === 0) throw changed(pipeline.draftRevision);
    await tx.pipeline.update({
      where: { id: args.pipelineId },
      data: {
        versions: {
          create: { number: next, graph, programHash: program.hash, note: args.note, createdBy: scope.actor },
        },
      },
    });
    return next;
  });
  await recordAudit(scope, { action: 'pipeline.publish', subject: args.pipelineId, details: { number } });
  return { number, programHash: program.hash, diagnostics };
}

function changed(revision: number): AppError {
  return new AppError('CONFLICT', 'The draft was changed or published meanwhile. Look at it again, then publish.', {
    details: { revision },
  });
}
