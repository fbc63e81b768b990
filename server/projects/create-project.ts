import { pending } from '#server/api/pending.ts';

export function createProject(args: { ownerId: string; name: string }): Promise<{ id: string }> {
  return pending();
}
