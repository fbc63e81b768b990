'use client';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Meter } from '#app/_ui/meter.tsx';
import { Money } from '#app/_ui/money.tsx';
import type { BudgetHold } from '#nodes/core/step.ts';
import type { TaskView } from '#server/inbox/types.ts';
import { TaskTitle } from './task-head.tsx';

type Raise = { typed: string; error: string | null; onType: (text: string) => void; onEnter: () => void };

/** What the budget has left, what the call may cost, and to how much it is raised. */
export function BudgetAsked({ task, hold, raise }: { task: TaskView; hold: BudgetHold; raise: Raise | null }) {
  const to = useTo();
  const { limitMicros, spentMicros, reservedMicros, neededMicros } = hold;
  return (
    <div className="min-w-0 px-6 py-5 max-phone:px-4 max-phone:py-3">
      <TaskTitle task={task} />
      <p className="mt-4 max-w-150">
        The budget of {budgetOf(hold)} has no room for the next model call of{' '}
        <Link
          href={`${to('runs', task.runId)}?${new URLSearchParams({ step: task.state, path: task.path })}`}
          className="font-medium text-accent-text hover:underline"
        >
          R-{task.runRef}
        </Link>
        . The call was not made; the run goes on where it stands.
      </p>
      <div className="mt-4 max-w-150">
        <Meter share={limitMicros === 0 ? 1 : spentMicros / limitMicros} label="Spent of the budget" />
      </div>
      <dl className="mt-3 grid max-w-150 grid-cols-[1fr_auto] gap-x-4 gap-y-1 tabular-nums">
        <Amount name="Budget" micros={limitMicros} />
        <Amount name="Spent" micros={spentMicros} />
        {reservedMicros > 0 && <Amount name="Under way, at most" micros={reservedMicros} />}
        <Amount name="This call, at most" micros={neededMicros} strong />
      </dl>
      {raise && (
        <Field
          label={`Raise to, for this ${hold.budget}`}
          hint="In dollars. The budget itself stays as it is; change it on the page Spend."
          error={raise.error}
          className="mt-5 max-w-72"
        >
          {(control) => (
            <Input
              {...control}
              value={raise.typed}
              inputMode="decimal"
              autoComplete="off"
              onChange={(event) => raise.onType(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && raise.onEnter()}
            />
          )}
        </Field>
      )}
    </div>
  );
}

function Amount({ name, micros, strong = false }: { name: string; micros: number; strong?: boolean }) {
  return (
    <>
      <dt className="text-fg-2">{name}</dt>
      <dd className={strong ? 'text-right font-semibold' : 'text-right'}>
        <Money micros={micros} look="statement" />
      </dd>
    </>
  );
}

function budgetOf({ budget, period }: BudgetHold): string {
  return budget === 'day' || budget === 'month' ? period : `this ${budget}`;
}
