'use client';
import { FileClock, History } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { percent, plural } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { Segments } from '#app/_ui/segments.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { VersionItem } from '#server/pipelines/types.ts';
import { useSession } from '../../session/context.ts';
import { historyAddress, type Shown, writeRef } from '../refs.ts';
import type { Entry } from './entries.ts';
import { EntryMenu } from './entry-menu.tsx';
import { useHistoryEntries } from './use-history-entries.ts';

/** What the draft was and what was published, by time: when, who, why, and how it went. */
export function HistoryList({ shown, published }: { shown: Shown; published: number | null }) {
  const { entries, pending, error, retry } = useHistoryEntries();
  const [sort, setSort] = useState<'all' | 'versions'>('all');
  const listed = sort === 'all' ? entries : entries.filter(({ version }) => version !== null);
  const current = shown.kind === 'one' ? shown.at : shown.kind === 'two' ? shown.to : null;
  return (
    <nav aria-label="History" className="sg-history-list flex min-h-0 flex-col bg-bg">
      <div className="flex h-10 flex-none items-center justify-between gap-2 border-b border-line px-3">
        <h2 className="text-12 font-semibold">History</h2>
        <Segments
          label="What is listed"
          value={sort}
          onChange={setSort}
          options={[
            { value: 'all', label: 'All' },
            { value: 'versions', label: 'Versions' },
          ]}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && <QueryFailure error={error} onRetry={retry} />}
        {pending && <SkeletonRows rows={6} rowClass="h-14" />}
        <ol>
          <DraftRow published={published} chosen={current?.kind === 'draft'} />
          {listed.map((entry) => (
            <EntryRow
              key={writeRef(entry.ref)}
              entry={entry}
              published={published}
              chosen={current !== null && writeRef(current) === writeRef(entry.ref)}
            />
          ))}
        </ol>
        {!pending && sort === 'versions' && listed.length === 0 && (
          <EmptyState icon={FileClock} title="Nothing is published yet">
            Publishing makes version 1 of the draft. It never changes; runs keep to it.
          </EmptyState>
        )}
      </div>
    </nav>
  );
}

const row = 'relative flex min-w-0 items-start gap-2 border-b border-line py-2 pr-1.5 pl-3';
const rowOf = (chosen: boolean) =>
  cn(row, chosen ? 'bg-accent-soft shadow-[inset_2px_0_var(--accent)]' : 'hover:bg-hover');
const whole = 'focus-inset after:absolute after:inset-0';

/** The draft as it is now, against what is published. */
function DraftRow({ published, chosen }: { published: number | null; chosen: boolean }) {
  const session = useSession();
  const draft = { kind: 'draft' } as const;
  const shown: Shown =
    published === null
      ? { kind: 'one', at: draft }
      : { kind: 'two', from: { kind: 'version', number: published }, to: draft };
  return (
    <li className={rowOf(chosen)} aria-current={chosen || undefined}>
      <History size={14} className="mt-0.5 flex-none text-accent-text" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <Link href={historyAddress(session, shown)} replace className={cn(whole, 'font-medium')}>
          The draft
        </Link>
        <p className="text-11 text-fg-3">
          {published === null ? 'As it is now; nothing is published yet' : `As it is now, against v${published}`}
        </p>
      </div>
    </li>
  );
}

function EntryRow({ entry, published, chosen }: { entry: Entry; published: number | null; chosen: boolean }) {
  const session = useSession();
  const { ref, at, by, title, why, version, before } = entry;
  const shown: Shown = before ? { kind: 'two', from: before, to: ref } : { kind: 'one', at: ref };
  return (
    <li className={rowOf(chosen)} aria-current={chosen || undefined} data-entry={writeRef(ref)}>
      <span
        aria-hidden="true"
        className={cn('mt-1.5 ml-[3px] size-2 flex-none rounded-full', version ? 'bg-accent' : 'border border-edge')}
      />
      <div className="min-w-0 flex-1 pl-[3px]">
        <div className="flex min-w-0 items-center gap-1.5">
          <Link
            href={historyAddress(session, shown)}
            replace
            className={cn(whole, version ? 'font-semibold' : 'font-medium')}
          >
            {title}
          </Link>
          {version && version.number === published && <Badge tone="accent">published</Badge>}
          <Moment at={at} className="ml-auto flex-none text-11 text-fg-3" />
        </div>
        {why !== '' && <p className="line-clamp-3 text-12 text-fg-2">{why}</p>}
        <p className="truncate text-11 text-fg-3">{by}</p>
        {version && <Figures version={version} />}
      </div>
      <EntryMenu entry={entry} />
    </li>
  );
}

function Figures({ version: { nodes, runs, succeeded, spendMicros } }: { version: VersionItem }) {
  return (
    <p className="flex flex-wrap gap-x-2 text-11 text-fg-3">
      <span>{plural(nodes, 'node')}</span>
      <span>{runs === 0 ? 'no runs yet' : `${plural(runs, 'run')}, ${percent(succeeded / runs)} completed`}</span>
      {spendMicros > 0 && <Money micros={spendMicros} />}
    </p>
  );
}
