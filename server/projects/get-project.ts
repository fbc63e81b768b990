import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { ProjectView } from './types.ts';

export function getProject(scope: Scope): Promise<ProjectView> {
  return pending();
}
