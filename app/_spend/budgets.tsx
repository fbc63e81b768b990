'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { plural } from '#app/_ui/format.ts';
import { Meter } from '#app/_ui/meter.tsx';
import { Money } from '#app/_ui/money.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { BudgetView } from '#server/money/types.ts';
import { BudgetForm } from './budget-form.tsx';
import { budgetTitle } from './budget-title.ts';

/** The budgets with what is left of them; made, changed and removed here. */
export function Budgets() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const budgets = useQuery(trpc.money.budgets.queryOptions({ projectId }, { refetchInterval: 5_000 }));
  const [editing, setEditing] = useState<BudgetView | 'new' | null>(null);
  const [removing, setRemoving] = useState<BudgetView | null>(null);
  return (
    <section className="mt-8" aria-labelledby="budgets">
      <header className="flex items-center gap-2">
        <h2 id="budgets" className="text-14 font-semibold">
          Budgets
        </h2>
        <span className="flex-1" />
        <Button icon={<Plus size={14} />} onClick={() => setEditing('new')}>
          New budget
        </Button>
      </header>
      {budgets.isError && !budgets.data && <QueryFailure error={budgets.error} onRetry={() => budgets.refetch()} />}
      {budgets.data?.length === 0 && (
        <p className="mt-2 border-y border-line py-2.5 text-12 text-fg-3">
          No budget yet. A hard one holds what does not fit and asks you; a soft one tells that it is reached.
        </p>
      )}
      <ul className="mt-2">
        {budgets.data?.map((budget) => (
          <BudgetRow
            key={budget.id}
            budget={budget}
            onChange={() => setEditing(budget)}
            onRemove={() => setRemoving(budget)}
          />
        ))}
      </ul>
      {editing && <BudgetForm budget={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {removing && <Remove budget={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}

type RowProps = { budget: BudgetView; onChange: () => void; onRemove: () => void };

function BudgetRow({ budget, onChange, onRemove }: RowProps) {
  const { hard, limitMicros, raisedMicros, spentMicros, reservedMicros, held, state } = budget;
  const title = budgetTitle(budget);
  const most = limitMicros + raisedMicros;
  return (
    <li
      data-budget={budget.kind}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 text-12 first:border-t"
    >
      <span className="min-w-0 flex-1 basis-52">
        <b className="block truncate text-13 font-medium">{title}</b>
        <span className="text-fg-3">{hard ? 'hard: holds and asks' : 'soft: tells'}</span>
        {state === 'holds' && <span className="text-st-waiting"> · {plural(held, 'step')} held</span>}
        {state === 'reached' && <span className="text-st-waiting"> · reached</span>}
      </span>
      <span className="min-w-0 flex-1 basis-52 tabular-nums">
        <Meter share={most === 0 ? 1 : spentMicros / most} label={`${title}: spent`} className="mb-1" />
        <Money micros={spentMicros} /> of <Money micros={most} />
        {raisedMicros > 0 && <span className="text-fg-3"> raised</span>}
        {reservedMicros > 0 && (
          <span className="text-fg-3">
            , <Money micros={reservedMicros} prefix="≤" /> under way
          </span>
        )}
      </span>
      <span className="flex gap-1">
        <Button size="sm" onClick={onChange} aria-label={`Change: ${title}`}>
          Change
        </Button>
        <Button size="sm" variant="danger" onClick={onRemove} aria-label={`Remove: ${title}`}>
          Remove
        </Button>
      </span>
    </li>
  );
}

function Remove({ budget, onClose }: { budget: BudgetView; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.money.removeBudget.mutationOptions({
      onError: sayFailure('Not removed'),
      onSuccess: () => {
        sayDone('Budget removed', budgetTitle(budget));
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries(trpc.money.pathFilter()),
    }),
  );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => remove.mutate({ projectId, budgetId: budget.id })}
      busy={remove.isPending}
      title="Remove this budget?"
      action="Remove"
    >
      {budget.held > 0
        ? `${plural(budget.held, 'step')} that it holds will go on and spend.`
        : 'What falls under it is no longer held or told of.'}
    </ConfirmDialog>
  );
}
