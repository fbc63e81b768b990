'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { budgetTitle } from '#app/_spend/budget-title.ts';
import { plural } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';

/** Budgets that are used up or hold something: what a soft one has to tell. Nothing while all have room. */
export function BudgetsReached() {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const { data } = useQuery(trpc.money.budgets.queryOptions({ projectId }, { refetchInterval: 15_000 }));
  const reached = data?.filter(({ state }) => state !== 'room') ?? [];
  if (reached.length === 0) return null;
  return (
    <ul aria-label="Budgets that are reached" className="mb-3 grid gap-1">
      {reached.map((budget) => (
        <li key={budget.id} className="flex gap-2 rounded-control bg-st-waiting-soft px-2.5 py-1.5 text-12">
          <span className="min-w-0 flex-1 truncate">
            <b className="font-medium">{budgetTitle(budget)}</b>: <Money micros={budget.spentMicros} /> of{' '}
            <Money micros={budget.limitMicros + budget.raisedMicros} />
            {budget.held > 0 && `, ${plural(budget.held, 'step')} held`}
          </span>
          <Link href={to('spend')} className="flex-none font-medium text-accent-text hover:underline">
            Spend
          </Link>
        </li>
      ))}
    </ul>
  );
}
