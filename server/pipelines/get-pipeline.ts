import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { PipelineView } from './types.ts';

export function getPipeline(scope: Scope, pipelineId: string): Promise<PipelineView> {
  return pending();
}
