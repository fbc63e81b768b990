'use client';
import { useQuery } from '@tanstack/react-query';
import { BookOpen, History, PenLine, Plus } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { brief } from '#app/_ui/brief.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import { type HistoryEntry, historyOf } from './history.ts';

/** One entity: what is known of it now, and everything that happened to it. */
export function EntityPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const view = useQuery(trpc.entities.get.queryOptions({ projectId, id }));
  if (view.isError && !view.data) return <QueryFailure error={view.error} onRetry={() => view.refetch()} />;
  if (view.isPending) return <SkeletonRows rows={8} />;
  const { entity } = view.data;
  const history = historyOf(view.data);
  return (
    <>
      <header className="flex h-11 flex-none items-center gap-1.5 border-b border-line px-6 max-phone:h-13 max-phone:px-4">
        <Link href={to('entities')} className="text-fg-2 hover:underline">
          Entities
        </Link>
        <span className="text-fg-3">/</span>
        <h1 className="truncate font-semibold">{brief(entity.data, 60)}</h1>
        <Badge tone="outline" className="ml-2">
          {entity.type}
        </Badge>
      </header>
      <PageBody className="grid grid-cols-[minmax(0,1fr)_392px] max-wide:grid-cols-1">
        <section aria-label="Timeline" className="px-6 py-4 max-phone:px-4">
          <h2 className="mb-2 font-semibold">Timeline</h2>
          {history.length === 0 && (
            <EmptyState icon={History} title="Nothing has happened yet">
              Changes and memories of this entity stand here as pipelines make them.
            </EmptyState>
          )}
          <ul>
            {history.map((entry) => (
              <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />
            ))}
          </ul>
        </section>
        <aside
          aria-label="Known now"
          className="border-l border-line bg-bg px-6 py-4 max-wide:border-t max-wide:border-l-0 max-phone:px-4"
        >
          <h2 className="mb-2 flex justify-between font-semibold">
            Known now <span className="text-12 font-normal text-fg-3">version {entity.version}</span>
          </h2>
          <div className="text-12">
            <ValueView value={entity.data} />
          </div>
          <p className="mt-4 text-11 text-fg-3">
            Key <code className="font-mono">{entity.key}</code>
          </p>
        </aside>
      </PageBody>
    </>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  switch (entry.kind) {
    case 'created':
      return <Line icon={<Plus size={14} />} title="Created" at={entry.at} />;
    case 'changed':
      return (
        <Line icon={<PenLine size={14} />} title={`Changed to version ${entry.version}`} at={entry.at}>
          {entry.fields.map((field) => (
            <p key={field.name} className="flex flex-wrap items-center gap-1">
              <span className="text-fg-3">{field.name}</span>
              {field.before !== undefined && <del>{brief(field.before, 60)}</del>}
              {field.after !== undefined && <ins>{brief(field.after, 60)}</ins>}
            </p>
          ))}
        </Line>
      );
    case 'remembered': {
      const Icon = entry.memory.tier === 'episodic' ? History : BookOpen;
      return (
        <Line icon={<Icon size={14} />} title={entry.memory.kind} at={entry.at}>
          <p className="line-clamp-3 whitespace-pre-wrap">{entry.memory.text}</p>
          {entry.memory.source && <p className="text-11 text-fg-3">{entry.memory.source}</p>}
        </Line>
      );
    }
    default:
      return entry satisfies never;
  }
}

function Line({ icon, title, at, children }: { icon: ReactNode; title: string; at: number; children?: ReactNode }) {
  return (
    <li className="flex gap-2.5 border-b border-line py-2 text-12">
      <span className="mt-px text-fg-3">{icon}</span>
      <div className="min-w-0 flex-1 text-fg-2">
        <p className="flex justify-between gap-2">
          <b className="font-medium text-fg">{title}</b>
          <Moment at={at} className="whitespace-nowrap text-fg-3" />
        </p>
        {children}
      </div>
    </li>
  );
}
