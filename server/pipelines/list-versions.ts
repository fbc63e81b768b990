import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from './require-pipeline.ts';
import type { VersionRow } from './types.ts';

/** The versions of a pipeline, newest first. */
export async function listVersions(scope: Scope, pipelineId: string): Promise<VersionRow[]> {
  await requirePipeline(scope, pipelineId);
  const rows = await scope.db.pipelineVersion.findMany({
    where: { pipelineId },
    orderBy: { number: 'desc' },
    omit: { graph: true },
  });
  return rows.map(({ number, programHash, note, createdBy, createdAt }) => ({
    ...{ number, programHash, note, createdBy },
    createdAt: createdAt.getTime(),
  }));
}
