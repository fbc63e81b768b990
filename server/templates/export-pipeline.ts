import type { Graph } from '#nodes/core/graph.ts';
import type { Scope } from '#server/db/scoped.ts';
import { draftAt } from '#server/pipelines/draft-at.ts';
import { getVersion } from '#server/pipelines/get-version.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { requiresOf } from './requires.ts';
import type { TemplateDocument } from './types.ts';
import { withoutSecrets } from './without-secrets.ts';

const longestName = 60;

type Wanted = { pipelineId: string; version?: number | undefined; saveId?: string | undefined };

/** The draft of a pipeline, or another state of it, as a file for others: no secrets, no runs, and what it needs. */
export async function exportPipeline(
  scope: Scope,
  wanted: Wanted,
): Promise<{ fileName: string; document: TemplateDocument; emptied: string[] }> {
  const { pipeline } = await requirePipeline(scope, wanted.pipelineId);
  const { graph, emptied } = withoutSecrets(await stateOf(scope, wanted, pipeline.draft));
  const version = wanted.version === undefined ? '' : `-v${wanted.version}`;
  return {
    fileName: `${fileNameOf(pipeline.name)}${version}.solograph.json`,
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

async function stateOf(scope: Scope, { pipelineId, version, saveId }: Wanted, draft: unknown): Promise<Graph> {
  if (version !== undefined) return (await getVersion(scope, { pipelineId, number: version })).graph;
  if (saveId !== undefined) return (await draftAt(scope, { pipelineId, saveId })).graph;
  return draft as Graph;
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
