'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC, useTRPCClient } from '#app/_api/trpc.ts';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { PipelineView } from '#server/pipelines/types.ts';
import { Editor } from './editor.tsx';
import { openSession } from './open-session.ts';
import { warmDb } from './saving/warm-db.ts';
import { SessionContext } from './session/context.ts';
import type { EditorSession } from './session/session.ts';

/** What an editor that was just left still saves, by pipeline: the next one waits for it. */
const closing = new Map<string, Promise<void>>();

/**
 * Loads a pipeline's draft, always fresh, and opens the editor on it. On the server this draws the frame of the editor and
 * no more: what needs a browser begins with the session, in an effect.
 */
export function OpenEditor({ projectId, pipelineId }: { projectId: string; pipelineId: string }) {
  const trpc = useTRPC();
  useState(warmDb);
  const pipeline = useQuery(
    trpc.pipelines.get.queryOptions(
      { projectId, pipelineId },
      { staleTime: 0, gcTime: 0, refetchOnMount: 'always', refetchOnWindowFocus: false },
    ),
  );
  if (pipeline.isError && !pipeline.data)
    return <QueryFailure error={pipeline.error} onRetry={() => pipeline.refetch()} />;
  if (!pipeline.data || !pipeline.isFetchedAfterMount) return <Loading />;
  return <WithSession key={pipeline.data.id} projectId={projectId} opened={pipeline.data} />;
}

function WithSession({ projectId, opened }: { projectId: string; opened: PipelineView }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const first = useRef(opened);
  const [session, setSession] = useState<EditorSession | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    const pipeline = first.current;
    const opening = (async () => {
      const before = closing.get(pipeline.id);
      await before;
      if (left) return null;
      const fresh = before ? await client.pipelines.get.query({ projectId, pipelineId: pipeline.id }) : pipeline;
      const made = await openSession(client, projectId, fresh);
      closing.delete(pipeline.id);
      if (!left) setSession(made.session);
      return made;
    })().catch((error) => {
      setFailure(error);
      return null;
    });
    return () => {
      left = true;
      const closed = opening.then(async (made) => {
        await made?.close();
        await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
      });
      closing.set(pipeline.id, closed);
    };
  }, [client, projectId, queryClient, trpc]);
  if (failure) return <QueryFailure error={failure} onRetry={() => window.location.reload()} />;
  if (!session) return <Loading />;
  return (
    <SessionContext value={session}>
      <Editor pipeline={opened} />
    </SessionContext>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the pipeline" className="grid h-dvh grid-rows-[44px_minmax(0,1fr)]">
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="grid grid-cols-[176px_minmax(0,1fr)_312px] max-phone:grid-cols-1">
        <div className="border-r border-line bg-bg max-phone:hidden" />
        <div className="bg-canvas" />
        <div className="border-l border-line max-phone:hidden" />
      </div>
    </div>
  );
}
