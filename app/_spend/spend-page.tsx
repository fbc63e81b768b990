'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleDollarSign, Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { useNow } from '#app/_ui/now.ts';
import { Segments } from '#app/_ui/segments.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton, SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { SpendDimension } from '#server/money/spend-dimensions.ts';
import { Budgets } from './budgets.tsx';
import { daysOf, type Period } from './period.ts';
import { Prices } from './prices.tsx';
import { SpendFacts } from './spend-facts.tsx';
import { SpendParts } from './spend-parts.tsx';

const SpendBars = dynamic(() => import('./spend-bars.tsx').then((module) => module.SpendBars), {
  ssr: false,
  loading: () => <Skeleton className="h-[148px] w-full" />,
});

const dimensions: { value: SpendDimension; label: string }[] = [
  { value: 'pipeline', label: 'Pipeline' },
  { value: 'node', label: 'Node' },
  { value: 'version', label: 'Version' },
  { value: 'run', label: 'Run' },
  { value: 'step', label: 'Step' },
  { value: 'model', label: 'Model' },
  { value: 'taskClass', label: 'Task class' },
  { value: 'entity', label: 'Entity' },
  { value: 'label', label: 'Item' },
  { value: 'project', label: 'Project' },
];
const periods: { value: Period; label: string }[] = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'Year' },
];

const beforeText: Record<Period, string> = {
  '7': 'the 7 days before',
  '30': 'the 30 days before',
  '90': 'the 90 days before',
  '365': 'the year before',
};

/** Where the money went, what it may still cost, and by which prices. */
export function SpendPage() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [by, setBy] = useState<SpendDimension>('pipeline');
  const [period, setPeriod] = useState<Period>('30');
  const days = daysOf(period, useNow(60_000) || Date.now());
  const report = useQuery(
    trpc.money.spendBy.queryOptions(
      { projectId, by, ...days },
      { refetchInterval: 15_000, placeholderData: (before) => before },
    ),
  );
  const csv = `/api/spend?${new URLSearchParams({ projectId, from: days.from, to: days.to })}`;
  return (
    <>
      <PageBar
        title="Spend"
        actions={
          <Button asChild>
            <a href={csv} download>
              <Download size={14} aria-hidden="true" />
              CSV
            </a>
          </Button>
        }
      />
      <PageBody className="px-6 pb-8 max-phone:px-4">
        <div className="flex flex-wrap items-center gap-2 py-3">
          <Segments label="Time" value={period} onChange={setPeriod} options={periods} />
          <span className="flex items-center gap-2 text-12 text-fg-2 max-phone:w-full">
            by
            <Select label="By" value={by} onChange={setBy} options={dimensions} className="w-36 max-phone:flex-1" />
          </span>
        </div>
        {report.isError && !report.data && <QueryFailure error={report.error} onRetry={() => report.refetch()} />}
        {report.isPending && <SkeletonRows rows={8} />}
        {report.data && (
          <>
            <SpendFacts report={report.data} before={beforeText[period]} />
            {report.data.calls === 0 ? (
              <EmptyState icon={CircleDollarSign} title="Nothing was spent in this time">
                Each call of a model stands here with what it cost, by pipeline, node, customer and more.
              </EmptyState>
            ) : (
              <>
                <SpendBars course={report.data.course} per={days.per} />
                <SpendParts report={report.data} />
              </>
            )}
          </>
        )}
        <Budgets />
        <Prices />
      </PageBody>
    </>
  );
}
