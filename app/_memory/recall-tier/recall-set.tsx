'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Target, X } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { MeasuredQuestion } from '#server/knowledge/measure-recall.ts';
import type { Expected, RecallQuestion } from '#server/knowledge/recall-set.ts';
import { ImportSet } from './import-set.tsx';
import { RecallFigure } from './recall-figure.tsx';

/** The project's recall set: how much is found of what should be, and question by question what was marked. */
export function RecallSet() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const set = useQuery(trpc.memory.recallSet.queryOptions({ projectId, limit: 1_000 }));
  const measured = useQuery(trpc.memory.measureRecall.queryOptions({ projectId }, { staleTime: 60_000 }));
  if (set.isError && !set.data) return <QueryFailure error={set.error} onRetry={() => set.refetch()} />;
  if (set.isPending) return <SkeletonRows rows={4} rowClass="h-12" />;
  const byQuery = new Map(measured.data?.questions.map((question) => [question.query, question]));
  return (
    <>
      <RecallFigure measured={measured} questions={set.data.length} />
      <ImportSet />
      {set.data.length === 0 && (
        <EmptyState icon={Target} title="Nothing is marked yet">
          Search above, or open a recall of a run, and mark what should be found and what is not relevant. Then this
          page tells how much of it is found, and a new embedder is compared on it.
        </EmptyState>
      )}
      <ul aria-label="Recall set">
        {set.data.map((question) => (
          <Question key={question.query} question={question} measured={byQuery.get(question.query)} />
        ))}
      </ul>
    </>
  );
}

function Question({ question, measured }: { question: RecallQuestion; measured: MeasuredQuestion | undefined }) {
  const { query, expected, irrelevant } = question;
  const missed = new Set(measured?.missed);
  const unwanted = new Set(measured?.unwanted);
  return (
    <li className="border-b border-line px-6 py-2.5 max-phone:px-4">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <b className="font-medium break-words">{query}</b>
        {measured && expected.length > 0 && (
          <span className={missed.size > 0 ? 'text-12 text-st-waiting' : 'text-12 text-st-done'}>
            {measured.found} of {measured.expected} found
          </span>
        )}
        {unwanted.size > 0 && <span className="text-12 text-st-failed">{unwanted.size} not relevant came too</span>}
      </p>
      <ul className="text-12">
        {expected.map((item) => (
          <Marked key={item.itemId} query={query} item={item} bad={missed.has(item.itemId) ? 'not found' : null} />
        ))}
        {irrelevant.map((item) => (
          <Marked
            key={item.itemId}
            query={query}
            item={item}
            not
            bad={unwanted.has(item.itemId) ? 'came all the same' : null}
          />
        ))}
      </ul>
    </li>
  );
}

type MarkedProps = { query: string; item: Expected; not?: boolean; bad: string | null };

function Marked({ query, item, not = false, bad }: MarkedProps) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const unmark = useMutation(
    trpc.memory.unmarkExpected.mutationOptions({
      onError: sayFailure('Not taken back'),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.memory.recallSet.pathFilter()),
          queryClient.invalidateQueries(trpc.memory.measureRecall.pathFilter()),
        ]),
    }),
  );
  return (
    <li className="flex items-center gap-2 py-0.5">
      <Badge tone={not ? 'neutral' : 'outline'}>{not ? 'not relevant' : 'should be found'}</Badge>
      {bad && <Badge tone="warn">{bad}</Badge>}
      <span className="min-w-0 flex-1 truncate text-fg-2" title={item.text}>
        {item.source && <span className="text-fg-3">{item.source}: </span>}
        {item.text}
      </span>
      <span className="text-fg-3 max-phone:hidden">by {item.markedBy}</span>
      <IconButton
        label="Take the mark back"
        size="sm"
        onClick={() => unmark.mutate({ projectId, query, itemId: item.itemId })}
      >
        <X size={14} />
      </IconButton>
    </li>
  );
}
