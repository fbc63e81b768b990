'use client';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { amount, integer } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Today } from '#server/today/types.ts';
import { Block } from './block.tsx';
import { BudgetsReached } from './budgets-reached.tsx';

const SpendChart = dynamic(() => import('./spend-chart.tsx').then((module) => module.SpendChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[108px] w-full" />,
});

/** What was spent today: the figure, its course, and the statement by pipeline. */
export function SpendToday({ spend }: { spend: Today['spend'] }) {
  const to = useTo();
  const runs = spend.byPipeline.reduce((sum, row) => sum + row.runs, 0);
  return (
    <Block title="Spend today">
      <p className="mt-1 mb-3">
        <Money micros={spend.totalMicros} className="text-28 font-semibold tracking-[-0.02em]" />
      </p>
      <BudgetsReached />
      <SpendChart hourly={spend.hourly} />
      <table className="mt-4 w-full table-fixed text-12">
        <thead>
          <tr className="text-11 text-fg-3">
            <th className="h-6 border-b border-line text-left font-medium">Pipeline</th>
            <th className="w-16 border-b border-line text-right font-medium">Runs</th>
            <th className="w-24 border-b border-line text-right font-medium">Settled, $</th>
          </tr>
        </thead>
        <tbody>
          {spend.byPipeline.map((row) => (
            <tr key={row.pipelineId}>
              <td className="h-6 truncate">
                <Link href={to('pipelines', row.pipelineId)} className="hover:underline">
                  {row.name}
                </Link>
              </td>
              <td className="text-right text-fg-3">{integer(row.runs)}</td>
              <td className={row.settledMicros === 0 ? 'text-right text-fg-3' : 'text-right'}>
                {amount(row.settledMicros)}
              </td>
            </tr>
          ))}
          <tr className="font-semibold">
            <td className="h-6 border-t border-fg-3">Settled</td>
            <td className="border-t border-fg-3 text-right">{integer(runs)}</td>
            <td className="border-t border-fg-3 text-right">{amount(spend.totalMicros)}</td>
          </tr>
        </tbody>
      </table>
    </Block>
  );
}
