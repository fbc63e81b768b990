import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { PipelineRow } from './types.ts';

export function listPipelines(scope: Scope): Promise<PipelineRow[]> {
  return pending();
}
