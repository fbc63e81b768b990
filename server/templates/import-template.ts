import type { Json } from '#nodes/core/json.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { compileOrFail } from '#server/pipelines/compile-graph.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { summaryLimit } from '#server/pipelines/draft-why.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { signaturesFor } from '#server/pipelines/signatures.ts';
import { readTemplate } from './template-document.ts';

/**
 * Lets a reviewed document in as a pipeline with version 1. It does not run until the operator enables it. Errors:
 * INPUT_INVALID where it is no template; COMPILE_FAILED with the diagnostics.
 */
export async function importTemplate(scope: Scope, document: unknown): Promise<{ pipelineId: string }> {
  const read = readTemplate(document);
  if (!read.ok)
    throw new AppError('INPUT_INVALID', read.diagnostics[0]?.message, {
      details: { diagnostics: read.diagnostics as unknown as Json },
    });
  const { graph } = compileOrFail(read.graph, await signaturesFor(scope, read.graph));
  const why = { origin: 'import', summary: `Import "${read.title}"`.slice(0, summaryLimit) } as const;
  const { id } = await createPipeline(scope, { name: read.title, graph, enabled: false, why });
  await publishPipeline(scope, { pipelineId: id, note: 'As imported', revision: 1 });
  return { pipelineId: id };
}
