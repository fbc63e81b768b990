'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#app/_api/trpc.ts';
import { Ago } from '#app/_ui/time.tsx';
import { useSession } from '../session/context.ts';

/** The published versions, newest first: when, by whom, why. */
export function Versions() {
  const trpc = useTRPC();
  const { projectId, pipelineId } = useSession();
  const versions = useQuery(trpc.pipelines.versions.queryOptions({ projectId, pipelineId }));
  if (!versions.data) return null;
  if (versions.data.length === 0)
    return <p className="text-12 text-fg-3">Nothing is published yet. Publishing makes version 1.</p>;
  return (
    <ol className="grid grid-cols-1 gap-1.5 text-12" aria-label="Versions">
      {versions.data.map(({ number, note, createdBy, createdAt }) => (
        <li key={number} className="grid grid-cols-[32px_minmax(0,1fr)_auto] gap-x-2">
          <b className="font-medium">v{number}</b>
          <span className={note ? '' : 'text-fg-3'}>{note || 'No note'}</span>
          <Ago at={createdAt} className="text-fg-3" />
          <span className="col-start-2 text-11 text-fg-3">{createdBy}</span>
        </li>
      ))}
    </ol>
  );
}
