import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { VersionRow } from './types.ts';

export function listVersions(scope: Scope, pipelineId: string): Promise<VersionRow[]> {
  return pending();
}
