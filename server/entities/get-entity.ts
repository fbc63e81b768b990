import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { EntityView } from './types.ts';

export function getEntity(scope: Scope, id: string): Promise<EntityView> {
  return pending();
}
