import type { Json } from '#nodes/core/json.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { readGraph } from './compile-graph.ts';

/**
 * Keeps a draft that was made on `revision`, errors of meaning included. Errors: INPUT_INVALID where it is not a graph
 * document; CONFLICT where somebody saved meanwhile, with what they saved in the details.
 */
export async function saveDraft(
  scope: Scope,
  args: { pipelineId: string; revision: number; graph: unknown },
): Promise<{ revision: number }> {
  const draft = readGraph(args.graph);
  const { count } = await scope.db.pipeline.updateMany({
    where: { id: args.pipelineId, draftRevision: args.revision },
    data: { draft, draftRevision: { increment: 1 } },
  });
  if (count === 1) return { revision: args.revision + 1 };
  const current = found(await scope.db.pipeline.findUnique({ where: { id: args.pipelineId } }), 'The pipeline');
  throw new AppError(
    'CONFLICT',
    'The pipeline was saved elsewhere meanwhile. Take that version or save yours over it.',
    {
      details: {
        revision: current.draftRevision,
        graph: current.draft as Json,
        updatedAt: current.updatedAt.getTime(),
      },
    },
  );
}
