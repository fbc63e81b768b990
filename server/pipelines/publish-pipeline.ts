import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Published } from './types.ts';

export function publishPipeline(
  scope: Scope,
  args: { pipelineId: string; note: string; revision: number },
): Promise<Published> {
  return pending();
}
