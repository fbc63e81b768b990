import type { Graph } from '#nodes/core/graph.ts';
import type { Scope } from '#server/db/scoped.ts';
import { draftDiffers } from './draft-differs.ts';
import { requirePipeline } from './require-pipeline.ts';
import type { PipelineView } from './types.ts';

/** A pipeline with its draft. */
export async function getPipeline(scope: Scope, pipelineId: string): Promise<PipelineView> {
  const { pipeline, version } = await requirePipeline(scope, pipelineId);
  const { id, name, template, draft, draftRevision, published, enabled, updatedAt } = pipeline;
  return {
    ...{ id, name, template, draftRevision, published, enabled },
    draft: draft as unknown as Graph,
    draftDiffers: draftDiffers(pipeline, version),
    updatedAt: updatedAt.getTime(),
  };
}
