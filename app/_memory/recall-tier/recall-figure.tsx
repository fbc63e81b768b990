'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { percent, plural } from '#app/_ui/format.ts';
import type { MeasuredRecall } from '#server/knowledge/measure-recall.ts';

type Measured = Pick<
  UseQueryResult<MeasuredRecall, { message: string }>,
  'data' | 'isFetching' | 'isError' | 'error' | 'refetch'
>;

/** Context recall: the share of what should be found that is among the first hits. */
export function RecallFigure({ measured, questions }: { measured: Measured; questions: number }) {
  const { data, isFetching, isError, error } = measured;
  const unwanted = data?.questions.reduce((sum, question) => sum + question.unwanted.length, 0) ?? 0;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-6 py-3 max-phone:px-4">
      <dl>
        <dt className="text-11 text-fg-3">Context recall</dt>
        <dd className="text-20 leading-7 font-semibold tabular-nums">
          {data?.recall == null ? '–' : percent(data.recall)}
        </dd>
      </dl>
      <p
        className="flex-1 text-12 text-fg-2 max-phone:order-last max-phone:basis-full"
        role={isError ? 'alert' : undefined}
      >
        {isError && <span className="text-st-failed">It could not be measured: {error?.message}</span>}
        {data && !isError && (
          <>
            Of what {plural(questions, 'question')} should find, so much is among the first {data.k}
            {data.embedder && `, searched with ${data.embedder}`}.
            {unwanted > 0 &&
              ` ${plural(unwanted, 'item')} that ${unwanted === 1 ? 'is' : 'are'} not relevant came too.`}
            {!data.vectors && (
              <span className="text-st-waiting"> Measured on full text alone: the vector index did not answer.</span>
            )}
          </>
        )}
      </p>
      <Button size="sm" icon={<RefreshCw size={14} />} busy={isFetching} onClick={() => measured.refetch()}>
        Measure again
      </Button>
    </div>
  );
}
