import { pending } from '#server/api/pending.ts';
import type { TemplateRow } from './types.ts';

export function listTemplates(): Promise<TemplateRow[]> {
  return pending();
}
