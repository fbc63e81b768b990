import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { TemplateDocument } from './types.ts';

export function exportPipeline(
  scope: Scope,
  pipelineId: string,
): Promise<{ fileName: string; document: TemplateDocument }> {
  return pending();
}
