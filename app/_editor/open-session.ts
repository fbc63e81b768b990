import type { TRPCClient } from '@trpc/client';
import { stayOpen } from '#app/_api/sign-in.ts';
import type { AppRouter } from '#server/api/root.ts';
import type { PipelineView } from '#server/pipelines/types.ts';
import { languageOver, type WorkerLike } from './compile/worker-client.ts';
import { followLive } from './live/follow-live.ts';
import { keepSafe } from './saving/keep-safe.ts';
import { forgetLegacy, readLegacy } from './saving/legacy.ts';
import { newestDraft, saverOf } from './saving/save-request.ts';
import { type Taken, takeJournal } from './saving/take-journal.ts';
import { openWarmDb } from './saving/warm-db.ts';
import { createSession, type EditorSession } from './session/session.ts';

type Client = TRPCClient<AppRouter>;

/** Opens a pipeline against the server: saving, live runs, the language in a worker. `close` ends all of it. */
export async function openSession(
  client: Client,
  projectId: string,
  pipeline: PipelineView,
): Promise<{ session: EditorSession; close: () => Promise<void> }> {
  const ids = { projectId, pipelineId: pipeline.id };
  const session = createSession({
    projectId,
    // A pipeline has one name here: the one in the list, which may have been changed there.
    pipeline: { ...pipeline, draft: { ...pipeline.draft, name: pipeline.name } },
    save: saverOf(client, ids, pipeline.name),
    fetchRun: async (runId) => {
      try {
        return await client.runs.get.query({ projectId, runId });
      } catch (error) {
        console.warn(`Run ${runId} could not be read.`, error);
        return null;
      }
    },
    pins: {
      list: () => client.pins.list.query(ids),
      set: (pin) => client.pins.set.mutate({ ...ids, ...pin }),
      remove: (nodeId) => client.pins.remove.mutate({ ...ids, nodeId }),
    },
    fetchGraph: async (runId) => {
      const run = await client.runs.get.query({ projectId, runId }).catch(() => null);
      return run?.graph ?? null;
    },
    fetchOutput: async (at) => {
      const { outcome, output } = await client.runs.step.query({ projectId, ...at });
      return outcome === null || output === null ? null : { outcome, output };
    },
    kept: await takeKept(pipeline.id),
    language: languageOver(startWorker, async () => (await import('./compile/language.ts')).language),
  });
  session.pins.load().catch((error) => console.warn('The pins could not be read.', error));
  const live = followLive((onBroken) =>
    client.live.runs.subscribe(ids, {
      onData: ({ data }) => (data.kind === 'said' ? session.said.receive(data.said) : session.live.receive(data)),
      onError: (error) => {
        console.warn('Live runs are not followed.', error);
        onBroken();
      },
    }),
  );
  const forgetSaved = session.autosave.store.subscribe(({ kind }) => {
    if (kind === 'saved') live.again();
  });
  const letGo = stayOpen({
    onEnded: () => session.autosave.signedOut(),
    onBack: () => session.autosave.signedIn(),
  });
  const forget = keepSafe(session, () => newestDraft(client, ids));
  return {
    session,
    close: async () => {
      live.stop();
      forgetSaved();
      forget();
      letGo();
      session.stop();
      await session.autosave.flush();
      await session.journal.stop();
    },
  };
}

/** What this browser kept of the pipeline; what an older version of this software left is taken over once. */
async function takeKept(pipelineId: string): Promise<Taken> {
  const taken = await takeJournal(pipelineId, { open: openWarmDb });
  const legacy = taken.draft ? null : readLegacy(window.localStorage, pipelineId);
  if (!legacy) return taken;
  const forget = taken.journal.state.subscribe(({ kind }) => {
    if (kind !== 'kept') return;
    forgetLegacy(window.localStorage, pipelineId);
    forget();
  });
  return { ...taken, draft: legacy };
}

function startWorker(): WorkerLike {
  return new Worker(new URL('./compile/language.worker.ts', import.meta.url), { type: 'module' }) as WorkerLike;
}
