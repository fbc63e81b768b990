'use client';
import './compare/diff.css';
import { ArrowLeft, FileClock } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { useGraph, useSession } from '../session/context.ts';
import { Comparison } from './compare/comparison.tsx';
import { HistoryList } from './history/history-list.tsx';
import { useSavedHistory } from './history/use-history-entries.ts';
import { OneState } from './one-state.tsx';
import { readShown, type Shown, type StateRef } from './refs.ts';
import { type LoadedState, useLoadedState } from './use-states.ts';

/** The history of the open pipeline: what it was, what differs between any two states of it, and the way back. */
export function HistoryPage({ published }: { published: number | null }) {
  const search = useSearchParams();
  const session = useSession();
  const name = useGraph((graph) => graph.name);
  const shown = useMemo(() => readShown(new URLSearchParams(search)), [search]);
  const beside = shown.kind === 'list' ? atFirst(published) : shown;
  const editor = `/p/${session.projectId}/pipelines/${session.pipelineId}`;
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.focus({ preventScroll: true }), []);
  useLeavingBy('Escape', editor);
  useSavedHistory();
  return (
    <div
      ref={page}
      role="dialog"
      aria-label={`History of ${name}`}
      tabIndex={-1}
      className="sg-history outline-none focus-visible:shadow-none"
      data-shows={shown.kind}
    >
      <header className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-3 max-phone:py-1">
        <Button asChild variant="ghost" size="sm">
          <Link href={editor}>
            <ArrowLeft size={14} aria-hidden="true" />
            Editor
          </Link>
        </Button>
        <h2 className="min-w-0 truncate font-semibold">{name}</h2>
        <ShownWords shown={shown} />
      </header>
      <HistoryList shown={beside} published={published} />
      <ShownState shown={beside} />
    </div>
  );
}

/** Where nothing is chosen: what the draft has that the published version has not. */
function atFirst(published: number | null): Shown {
  const draft = { kind: 'draft' } as const;
  return published === null
    ? { kind: 'one', at: draft }
    : { kind: 'two', from: { kind: 'version', number: published }, to: draft };
}

/** On a phone the list is a page of its own: the way back to it. */
function ShownWords({ shown }: { shown: Shown }) {
  const session = useSession();
  if (shown.kind === 'list') return null;
  return (
    <Link
      href={`/p/${session.projectId}/pipelines/${session.pipelineId}/history`}
      className="hidden text-12 text-accent-text max-phone:inline"
    >
      All of the history
    </Link>
  );
}

function ShownState({ shown }: { shown: Shown }) {
  switch (shown.kind) {
    case 'list':
      return null;
    case 'one':
      return <One key={JSON.stringify(shown)} at={shown.at} />;
    case 'two':
      return <Two key={JSON.stringify(shown)} from={shown.from} to={shown.to} />;
  }
}

function One({ at }: { at: StateRef }) {
  const state = useLoadedState(at);
  return state.graph ? <OneState state={{ ...state, graph: state.graph }} /> : <Missing states={[state]} />;
}

function Two({ from, to }: { from: StateRef; to: StateRef }) {
  const [before, after] = [useLoadedState(from), useLoadedState(to)];
  return before.graph && after.graph ? (
    <Comparison before={{ ...before, graph: before.graph }} after={{ ...after, graph: after.graph }} />
  ) : (
    <Missing states={[before, after]} />
  );
}

/** Still on its way, or not to be had. */
function Missing({ states }: { states: LoadedState[] }) {
  const failed = states.find(({ error }) => error !== null);
  return (
    <div className="sg-history-changes col-span-2 min-h-0 max-phone:col-span-1">
      {failed ? (
        <>
          <QueryFailure error={failed.error} />
          <EmptyState icon={FileClock} title="This state is not kept any more">
            Choose another one from the list.
          </EmptyState>
        </>
      ) : (
        <div role="status" aria-label="Loading" className="h-full bg-canvas p-3">
          <Skeleton className="h-full w-full" />
        </div>
      )}
    </div>
  );
}

function useLeavingBy(key: string, address: string): void {
  const router = useRouter();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.defaultPrevented) return;
      if (document.querySelector('[role="menu"], [role="listbox"], [role="alertdialog"]')) return;
      router.push(address);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [key, address, router]);
}
