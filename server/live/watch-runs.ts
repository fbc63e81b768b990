import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { LiveMessage } from './types.ts';

export async function* watchRuns(
  scope: Scope,
  args: { pipelineId?: string; runId?: string; lastEventId?: string | null; signal: AbortSignal },
): AsyncGenerator<{ id: string; message: LiveMessage }> {
  await pending();
  yield { id: '', message: { kind: 'snapshot', runs: [] } };
}
