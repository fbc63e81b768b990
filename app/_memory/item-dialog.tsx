'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useCallback } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { cn } from '#app/_ui/cn.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { plural } from '#app/_ui/format.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { ItemView } from '#server/knowledge/get-item.ts';
import { Standing } from './facts-tier/standing.tsx';
import { ItemCare } from './item/item-care.tsx';

type Props = {
  id: string;
  /** The passage that is meant: it is marked and in view. */
  passage?: string | null;
  onClose: () => void;
};

/** One item: where it comes from, its passages, and every run that was given it. */
export function ItemDialog({ id, passage = null, onClose }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const item = useQuery(trpc.memory.item.queryOptions({ projectId, id }));
  return (
    <Dialog open onClose={onClose} title="Memory" className="w-[min(720px,calc(100vw-24px))]">
      {item.isError && <QueryFailure error={item.error} onRetry={() => item.refetch()} />}
      {item.isPending && <SkeletonRows rows={5} />}
      {item.data && <Detail item={item.data} marked={passage} />}
      {item.data && (
        <div className="mt-4">
          <ItemCare item={item.data} onGone={onClose} />
        </div>
      )}
    </Dialog>
  );
}

function Detail({ item, marked }: { item: ItemView; marked: string | null }) {
  const to = useTo();
  const link = 'text-accent-text hover:underline';
  return (
    <div className="grid gap-4">
      <p className="flex flex-wrap gap-x-2 text-12 text-fg-2">
        <b className="font-medium text-fg">{item.kind}</b>
        <span>{item.document?.url ?? item.document?.name ?? item.source}</span>
        {item.entity && (
          <Link href={to('entities', item.entity.id)} className={link}>
            {item.entity.type} {item.entity.key}
          </Link>
        )}
        {item.runId && (
          <Link href={to('runs', item.runId)} className={link}>
            the run that remembered it
          </Link>
        )}
        <Moment at={item.at} className="text-fg-3" />
        <span className="text-fg-3">
          importance {item.importance}
          {item.keep && ', kept by you'}
        </span>
      </p>
      {item.standing && <Standing standing={item.standing} />}
      <section aria-label="Passages">
        <h3 className="mb-1 font-semibold">{plural(item.passages.length, 'passage')}</h3>
        {item.passages.length === 0 && <p className="whitespace-pre-wrap text-fg-2">{item.text}</p>}
        <ol className="grid gap-2">
          {item.passages.map((passage) => (
            <Passage key={passage.id} passage={passage} marked={passage.id === marked} />
          ))}
        </ol>
        {marked !== null && !item.passages.some(({ id }) => id === marked) && (
          <p className="mt-2 text-st-waiting">
            The passage that is meant is not here any more: the document has changed since.
          </p>
        )}
      </section>
      <section aria-label="Used by">
        <h3 className="mb-1 font-semibold">Used by</h3>
        {item.usedBy.length === 0 && <p className="text-fg-3">No run was given it yet.</p>}
        {item.usedBy.length >= 500 && <p className="text-fg-3">The newest {item.usedBy.length} uses.</p>}
        <ul className="max-h-60 overflow-y-auto">
          {item.usedBy.map((use) => (
            <li key={`${use.runId} ${use.state} ${use.path}`} className="flex gap-2">
              <Link
                href={`${to('runs', use.runId)}?${new URLSearchParams({ step: use.state, path: use.path })}`}
                className={link}
              >
                R-{use.ref}
              </Link>
              <span className="text-fg-2">
                {use.state}
                {use.path && ` · ${use.path}`}
              </span>
              {use.at !== null && <Moment at={use.at} className="text-fg-3" />}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Passage({ passage, marked }: { passage: ItemView['passages'][number]; marked: boolean }) {
  const inView = useCallback((element: HTMLElement | null) => element?.scrollIntoView({ block: 'center' }), []);
  return (
    <li
      ref={marked ? inView : undefined}
      {...(marked ? { 'aria-current': true } : {})}
      className={cn(marked && 'rounded-control border-l-2 border-accent bg-accent-soft px-3 py-1.5')}
    >
      {passage.place && <p className="text-11 text-fg-3">{passage.place}</p>}
      <p className={cn('whitespace-pre-wrap', marked ? 'text-fg' : 'text-fg-2')}>{passage.text}</p>
    </li>
  );
}
