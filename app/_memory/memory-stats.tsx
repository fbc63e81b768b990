'use client';
import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { integer } from '#app/_ui/format.ts';
import { useRebuild } from './use-rebuild.ts';

/** How much is remembered, how it is searched, and whether the index holds all of it. */
export function MemoryStats() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { data } = useQuery(trpc.memory.stats.queryOptions({ projectId }, { refetchInterval: 10_000 }));
  return (
    <div className="flex min-h-13 flex-none flex-wrap items-center gap-x-8 gap-y-1 border-b border-line bg-bg px-6 py-2 max-phone:px-4">
      <dl className="flex flex-1 flex-wrap gap-x-8 gap-y-1 max-phone:grid max-phone:basis-full max-phone:grid-cols-3 max-phone:gap-x-4 max-phone:[&>*:nth-child(n+4)]:col-span-full">
        <Fact name="Items">{data ? integer(data.items) : '–'}</Fact>
        <Fact name="Passages">{data ? integer(data.chunks) : '–'}</Fact>
        <Fact name="In the vector index">
          {data ? (
            <span className={data.indexed < data.chunks ? 'text-st-waiting' : undefined}>
              {integer(data.indexed)} of {integer(data.chunks)}
            </span>
          ) : (
            '–'
          )}
        </Fact>
        <Fact name="Embedder">
          {data ? (
            <>
              {data.embedder}
              {data.embedder.startsWith('lexical-') && (
                <span className="font-normal text-fg-2"> lexical similarity, no language model</span>
              )}
            </>
          ) : (
            '–'
          )}
        </Fact>
        <Fact name="Search">
          {data ? (
            data.vectors ? (
              'vectors and full text'
            ) : (
              <span className="text-st-waiting">full text only: the vector index does not answer</span>
            )
          ) : (
            '–'
          )}
        </Fact>
      </dl>
      <Rebuild />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-11 text-fg-3">{name}</dt>
      <dd className="text-12 leading-5 font-medium">{children}</dd>
    </div>
  );
}

function Rebuild() {
  const { busy, rebuild } = useRebuild();
  return (
    <Button
      size="sm"
      icon={<RefreshCw size={14} />}
      busy={busy}
      onClick={rebuild}
      title="Drops the vector index and builds it again from what is stored. Nothing is forgotten."
    >
      {busy ? 'Rebuilding …' : 'Rebuild index'}
    </Button>
  );
}
