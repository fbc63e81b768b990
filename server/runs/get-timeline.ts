import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Timeline } from './types.ts';

export function getTimeline(scope: Scope, runId: string): Promise<Timeline> {
  return pending();
}
