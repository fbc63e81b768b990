import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function createPipeline(scope: Scope, args: { name: string; graph?: unknown }): Promise<{ id: string }> {
  return pending();
}
