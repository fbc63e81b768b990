'use client';
import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Ago } from '#app/_ui/time.tsx';
import { useSession } from '../session/context.ts';
import { historyAddress, type Shown } from '../versions/refs.ts';

/** The newest versions: when, by whom, why. The rest is in the history. */
export function Versions() {
  const trpc = useTRPC();
  const session = useSession();
  const { projectId, pipelineId } = session;
  const versions = useQuery(trpc.pipelines.versions.queryOptions({ projectId, pipelineId }));
  return (
    <div className="grid grid-cols-1 gap-2">
      {versions.data?.length === 0 && (
        <p className="text-12 text-fg-3">Nothing is published yet. Publishing makes version 1.</p>
      )}
      <ol className="-mx-1.5 grid grid-cols-1 text-12" aria-label="Versions">
        {versions.data?.slice(0, mostListed).map(({ number, note, createdBy, createdAt }) => (
          <li key={number}>
            <Link
              href={historyAddress(session, versionShown(number))}
              className="grid grid-cols-[32px_minmax(0,1fr)_auto] gap-x-2 rounded-control px-1.5 py-1 hover:bg-hover"
            >
              <b className="font-medium">v{number}</b>
              <span className={note ? 'line-clamp-2' : 'text-fg-3'}>{note || 'No note'}</span>
              <Ago at={createdAt} className="text-fg-3" />
              <span className="col-start-2 truncate text-11 text-fg-3">{createdBy}</span>
            </Link>
          </li>
        ))}
      </ol>
      <Button asChild size="sm" className="justify-self-start">
        <Link href={historyAddress(session, { kind: 'list' })}>
          <History size={13} aria-hidden="true" />
          All of the history
        </Link>
      </Button>
    </div>
  );
}

const mostListed = 5;

const versionShown = (number: number): Shown => ({
  kind: 'two',
  from: { kind: 'version', number },
  to: { kind: 'draft' },
});
