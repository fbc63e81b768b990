import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { ProjectSettings } from './settings.ts';

export function updateProject(
  scope: Scope,
  args: { name?: string; settings?: ProjectSettings },
): Promise<{ id: string }> {
  return pending();
}
