import type { TRPCClient } from '@trpc/client';
import { toFailure } from '#app/_api/failure.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { AppRouter } from '#server/api/root.ts';
import type { PipelineView } from '#server/pipelines/types.ts';
import { languageOver, type WorkerLike } from './compile/worker-client.ts';
import type { SaveResult, Theirs } from './saving/autosave.ts';
import { createJournal } from './saving/journal.ts';
import { createSession, type EditorSession } from './session/session.ts';

type Client = TRPCClient<AppRouter>;

/** Opens a pipeline against the server: saving, live runs, the language in a worker. `close` ends all of it. */
export function openSession(
  client: Client,
  projectId: string,
  pipeline: PipelineView,
): { session: EditorSession; close: () => Promise<void> } {
  const ids = { projectId, pipelineId: pipeline.id };
  let { name } = pipeline;
  const session = createSession({
    projectId,
    // A pipeline has one name here: the one in the list, which may have been changed there.
    pipeline: { ...pipeline, draft: { ...pipeline.draft, name } },
    save: async (revision, graph) => {
      const renamed = graph.name === name ? null : graph.name;
      const result = await saveDraft(client, { ...ids, revision, graph, renamed });
      if (result.kind === 'saved') name = graph.name;
      return result;
    },
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
    journal: createJournal(pipeline.id, window.localStorage),
    language: languageOver(startWorker, async () => (await import('./compile/language.ts')).language),
  });
  session.pins.load().catch((error) => console.warn('The pins could not be read.', error));
  const live = client.live.runs.subscribe(ids, {
    onData: ({ data }) => (data.kind === 'said' ? session.said.receive(data.said) : session.live.receive(data)),
    onError: (error) => console.warn('Live runs are not followed.', error),
  });
  const forget = keepSafe(session, () => newestDraft(client, ids));
  return {
    session,
    close: async () => {
      live.unsubscribe();
      forget();
      session.stop();
      await session.autosave.flush();
    },
  };
}

function startWorker(): WorkerLike {
  return new Worker(new URL('./compile/language.worker.ts', import.meta.url), { type: 'module' }) as WorkerLike;
}

async function saveDraft(
  client: Client,
  {
    renamed,
    ...input
  }: { projectId: string; pipelineId: string; revision: number; graph: Graph; renamed: string | null },
): Promise<SaveResult> {
  try {
    const { projectId, pipelineId } = input;
    if (renamed !== null) await client.pipelines.rename.mutate({ projectId, pipelineId, name: renamed });
    const { revision } = await client.pipelines.saveDraft.mutate(input);
    return { kind: 'saved', revision };
  } catch (error) {
    const { code, message, todo, details } = toFailure(error);
    switch (code) {
      case 'CONFLICT':
        return { kind: 'conflict', theirs: details as unknown as Theirs };
      case 'OFFLINE':
      case 'UNAVAILABLE':
      case 'INTERNAL':
      case 'UNKNOWN':
        return { kind: 'offline' };
      default:
        return { kind: 'refused', message: `${message} ${todo}` };
    }
  }
}

async function newestDraft(client: Client, ids: { projectId: string; pipelineId: string }): Promise<Theirs | null> {
  try {
    const { draft, draftRevision, updatedAt } = await client.pipelines.get.query(ids);
    return { revision: draftRevision, graph: draft, updatedAt };
  } catch {
    // Not being able to look is no news; saving says it where it matters.
    return null;
  }
}

/** Writes down and saves what is unsaved when the page is left; looks for a newer draft when it is come back to. */
function keepSafe(session: EditorSession, newest: () => Promise<Theirs | null>): () => void {
  const onHide = () => {
    if (document.visibilityState === 'visible') return;
    session.autosave.journalNow();
    void session.autosave.flush();
  };
  const onFocus = async () => {
    const theirs = await newest();
    if (theirs) session.autosave.notice(theirs);
  };
  const onOnline = () => void session.autosave.flush();
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onHide);
  window.addEventListener('focus', onFocus);
  window.addEventListener('online', onOnline);
  return () => {
    document.removeEventListener('visibilitychange', onHide);
    window.removeEventListener('pagehide', onHide);
    window.removeEventListener('focus', onFocus);
    window.removeEventListener('online', onOnline);
  };
}
