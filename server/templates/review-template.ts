import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { TemplateReview } from './types.ts';

export function reviewTemplate(scope: Scope, document: unknown): Promise<TemplateReview> {
  return pending();
}
