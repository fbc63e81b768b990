import type { Json } from '#nodes/core/json.ts';
import { readProgram } from '#nodes/core/program.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { compileGraph } from '#server/pipelines/compile-graph.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { programByHash } from '#server/pipelines/store-program.ts';
import { parseSettings } from '#server/projects/settings.ts';
import { together } from './estimate.ts';
import { estimateNodes } from './estimate-nodes.ts';
import type { RunEstimate } from './types.ts';

export type EstimateRun = {
  pipelineId: string;
  source: 'draft' | 'published';
  /** With what it is started, where that is known: then prompts are counted as they will be. */
  started: { trigger: string; input: Json } | null;
};

/**
 * What a run is likely to cost before it is started, by node and in all. A draft that does not compile has no estimate.
 * Errors: NOT_FOUND; NOT_PUBLISHED.
 */
export async function estimateRun(scope: Scope, { pipelineId, source, started }: EstimateRun): Promise<RunEstimate> {
  const { pipeline, version } = await requirePipeline(scope, pipelineId);
  if (source === 'published' && !version) throw new AppError('NOT_PUBLISHED');
  const program =
    source === 'draft'
      ? compileGraph(pipeline.draft).program
      : readProgram((await programByHash(version!.programHash)).program);
  if (!program) return { nodes: {}, run: null, unpriced: [] };
  const { settings } = await scope.db.project.findUniqueOrThrow({ where: { id: scope.projectId } });
  const nodes = await estimateNodes(
    { projectId: scope.projectId, pipelineId, settings: parseSettings(settings), program },
    started,
  );
  const all = Object.values(nodes);
  const bands = all.flatMap(({ run }) => (run ? [run] : []));
  return {
    nodes,
    run: bands.length === all.length ? together(bands) : null,
    unpriced: [...new Set(all.flatMap(({ unpriced, model }) => (unpriced ? [model] : [])))],
  };
}
