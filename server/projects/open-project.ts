import type { Operator } from '#server/api/context.ts';
import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function openProject(args: { projectId: string; operator: Operator }): Promise<Scope> {
  return pending();
}
