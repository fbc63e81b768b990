import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { MailView } from './types.ts';

export function getMail(scope: Scope, id: string): Promise<MailView> {
  return pending();
}
