'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Brain, Flag, History, type LucideIcon, Mail, PenLine, Scale } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { brief } from '#app/_ui/brief.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { OlderButton } from '#app/_ui/older-button.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import type { EntityView } from '#server/entities/types.ts';
import type { EpisodeKind, EpisodeRow } from '#server/episodes/list-episodes.ts';
import { type EntityChange, fieldChanges } from './field-changes.ts';

const icons: Record<EpisodeKind, LucideIcon> = {
  decision: Scale,
  message: Mail,
  action: PenLine,
  outcome: Flag,
  remembered: Brain,
};
const kinds: { value: EpisodeKind | 'all'; label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'decision', label: 'Decisions' },
  { value: 'message', label: 'Messages' },
  { value: 'action', label: 'Actions' },
  { value: 'outcome', label: 'Outcomes' },
  { value: 'remembered', label: 'Remembered' },
];

/** What happened about an entity, newest first, from the log that nobody changes; searched by every word. */
export function EntityTimeline({ view }: { view: EntityView }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<EpisodeKind | 'all'>('all');
  const query = useDebounced(text.trim(), 250);
  const asked = { ...(query ? { query } : {}), ...(kind === 'all' ? {} : { kinds: [kind] }) };
  const log = useInfiniteQuery(
    trpc.memory.episodes.infiniteQueryOptions(
      { projectId, entityId: view.entity.id, limit: 50, ...asked },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const changes = useMemo(() => fieldChanges(view), [view]);
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Timeline" className="px-6 py-4 max-phone:px-4">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 className="flex-1 font-semibold">Timeline</h2>
        <Select label="Kind" value={kind} onChange={setKind} options={kinds} />
        <SearchInput label="Search the timeline" placeholder="Every word" value={text} onChange={setText} />
      </div>
      {log.isError && !log.data && <QueryFailure error={log.error} onRetry={() => log.refetch()} />}
      {log.isPending && <SkeletonRows rows={6} />}
      {log.data && rows.length === 0 && <None searched={query !== '' || kind !== 'all'} />}
      <ul aria-label="Timeline" className={log.isPlaceholderData ? 'opacity-60' : undefined}>
        {rows.map((row) => (
          <Entry key={row.id} row={row} change={changes.get(row.ref.replace(/^change:/, ''))} />
        ))}
      </ul>
      <OlderButton pages={log} />
    </section>
  );
}

function None({ searched }: { searched: boolean }) {
  if (searched)
    return (
      <EmptyState icon={History} title="Nothing of the kind happened">
        Every word must stand in an entry; “or” and quotes work.
      </EmptyState>
    );
  return (
    <EmptyState icon={History} title="Nothing has happened yet">
      Decisions, messages, changes and memories of this entity stand here as pipelines make them.
    </EmptyState>
  );
}

function Entry({ row, change }: { row: EpisodeRow; change: EntityChange | undefined }) {
  const to = useTo();
  const Icon = icons[row.kind];
  return (
    <li className="flex gap-2.5 border-b border-line py-2 text-12">
      <Icon size={14} className="mt-px flex-none text-fg-3" aria-hidden="true" />
      <div className="min-w-0 flex-1 text-fg-2">
        <p className="flex flex-wrap items-center gap-x-2">
          <b className="font-medium text-fg">{row.kind}</b>
          {row.runId && (
            <Link
              href={`${to('runs', row.runId)}${row.state ? `?${new URLSearchParams({ step: row.state, path: row.path ?? '' })}` : ''}`}
              className="inline-flex min-h-6 items-center text-accent-text hover:underline"
            >
              its run
            </Link>
          )}
          <Moment at={row.at} className="ml-auto whitespace-nowrap text-fg-3" />
        </p>
        {change ? (
          <Fields change={change} />
        ) : (
          <p className="line-clamp-3 break-words whitespace-pre-wrap">{row.text}</p>
        )}
      </div>
    </li>
  );
}

function Fields({ change: { version, fields } }: { change: EntityChange }) {
  return (
    <>
      <p>{version === 1 ? 'Created' : `Changed to version ${version}`}</p>
      {version > 1 &&
        fields.map((field) => (
          <p key={field.name} className="flex flex-wrap items-center gap-1">
            <span className="text-fg-3">{field.name}</span>
            {field.before !== undefined && <del>{brief(field.before, 60)}</del>}
            {field.after !== undefined && <ins>{brief(field.after, 60)}</ins>}
          </p>
        ))}
    </>
  );
}
