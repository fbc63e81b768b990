import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { VersionView } from './types.ts';

export function getVersion(scope: Scope, args: { pipelineId: string; number: number }): Promise<VersionView> {
  return pending();
}
