import type { Graph } from '#nodes/core/graph.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { requiresOf } from './requires.ts';
import type { TemplateDocument } from './types.ts';
import { withoutSecrets } from './without-secrets.ts';

const longestName = 60;

/** The draft of a pipeline as a file for others: no secrets, no runs, and what it needs. */
export async function exportPipeline(
  scope: Scope,
  pipelineId: string,
): Promise<{ fileName: string; document: TemplateDocument; emptied: string[] }> {
  const { pipeline } = await requirePipeline(scope, pipelineId);
  const { graph, emptied } = withoutSecrets(pipeline.draft as unknown as Graph);
  return {
    fileName: `${fileNameOf(pipeline.name)}.solograph.json`,
    document: {
      format: 'solograph/template',
      version: 1,
      title: pipeline.name,
      description: graph.description,
      graph,
      requires: requiresOf(graph),
    },
    emptied,
  };
}

function fileNameOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, longestName)
      .replace(/^-+|-+$/g, '') || 'pipeline'
  );
}
