import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { MailRow } from './types.ts';

export function listMails(
  scope: Scope,
  args: { cursor?: string; limit: number },
): Promise<{ items: MailRow[]; next: string | null }> {
  return pending();
}
