import type { Graph } from '#nodes/core/graph.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import type { VersionView } from './types.ts';

/** One version with its graph. */
export async function getVersion(
  scope: Scope,
  { pipelineId, number }: { pipelineId: string; number: number },
): Promise<VersionView> {
  const row = found(
    await scope.db.pipelineVersion.findUnique({ where: { pipelineId_number: { pipelineId, number } } }),
    `Version ${number} of the pipeline`,
  );
  const { programHash, note, createdBy, createdAt, graph } = row;
  return {
    ...{ number, programHash, note, createdBy },
    createdAt: createdAt.getTime(),
    graph: graph as unknown as Graph,
  };
}
