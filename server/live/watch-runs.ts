import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { requireRun } from '#server/runs/require-run.ts';
import { createAlarm } from './alarm.ts';
import { type Hub, liveHub } from './hub.ts';
import { createStream, type Told, type Watched } from './stream.ts';

export type Watch = {
  pipelineId?: string | undefined;
  runId?: string | undefined;
  /** Id of the last message that arrived: the stream goes on behind it. */
  lastEventId?: string | null | undefined;
  signal: AbortSignal;
};

/** What stands behind the hints, in case one is lost. */
const pollMs = 1_000;

/**
 * Tells where the runs of a pipeline, or one run, stand, and then what happens to them, until the signal aborts. Each
 * message has an id from which a later stream goes on without a gap. Errors: NOT_FOUND.
 */
export async function* watchRuns(scope: Scope, watch: Watch, hub: Hub = liveHub()): AsyncGenerator<Told> {
  const watched = await requireWatched(scope, watch);
  const alarm = createAlarm();
  const stream = createStream(scope.projectId, watched, watch.lastEventId ?? null);
  // Attached before anything is read: what happens in between rings the alarm.
  const { detach } = await hub.attach((news) => {
    const isNew = news.kind === 'said' ? stream.hears(news.said) : news.runIds.some(stream.concerns);
    if (isNew) alarm.ring();
  });
  try {
    while (!watch.signal.aborted) {
      yield* stream.tick();
      await alarm.sleep(pollMs, watch.signal);
    }
  } finally {
    detach();
  }
}

async function requireWatched(scope: Scope, { pipelineId, runId }: Watch): Promise<Watched> {
  if (pipelineId !== undefined) {
    await requirePipeline(scope, pipelineId);
    return { kind: 'pipeline', pipelineId };
  }
  const run = await requireRun(scope, runId ?? '0');
  return { kind: 'run', runId: run.id };
}
