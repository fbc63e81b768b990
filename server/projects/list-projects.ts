import { pending } from '#server/api/pending.ts';
import type { ProjectRow } from './types.ts';

export function listProjects(ownerId: string): Promise<ProjectRow[]> {
  return pending();
}
