'use client';
import { CircleDollarSign, Clock, Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { parseDollars, typedDollars } from '#app/_ui/dollars.ts';
import { statement } from '#app/_ui/format.ts';
import { useKeys } from '#app/_ui/keys.ts';
import type { BudgetHold } from '#nodes/core/step.ts';
import type { BudgetRequest, TaskView } from '#server/inbox/types.ts';
import { BudgetAsked } from './budget.tsx';
import { decisionBar } from './decision-bar-look.ts';
import type { Deciding } from './use-decide.ts';

/** A task of the kind budget: raise it, wait for room, or stop the step. */
export function BudgetTask({
  task,
  request,
  deciding,
}: {
  task: TaskView;
  request: BudgetRequest;
  deciding: Deciding;
}) {
  const { hold } = request;
  const [typed, setTyped] = useState(() => typedDollars(suggested(hold)));
  const [stopping, setStopping] = useState(false);
  const open = task.status === 'open';
  const toMicros = parseDollars(typed);
  const least = hold.spentMicros + hold.neededMicros;
  const error =
    toMicros === null
      ? 'Type an amount in dollars, such as 12.50.'
      : toMicros < least
        ? `The call needs a budget of at least ${statement(least)}.`
        : null;
  const raise = () => void (deciding.busy || error || deciding.budget(task, { choice: 'raise', toMicros: toMicros! }));
  const wait = () => void (deciding.busy || deciding.budget(task, { choice: 'wait' }));
  useKeys({ r: raise, w: wait, x: () => setStopping(true) }, open && !stopping);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <BudgetAsked task={task} hold={hold} raise={open ? { typed, error, onType: setTyped, onEnter: raise } : null} />
      </div>
      {open && (
        <footer className={decisionBar}>
          <Button
            {...{ variant: 'primary', size: 'lg', keys: 'R', busy: deciding.busy, 'data-decides': 'primary' }}
            disabled={error !== null}
            icon={<CircleDollarSign size={14} />}
            onClick={raise}
          >
            Raise and go on
          </Button>
          <Button size="lg" keys="W" disabled={deciding.busy} icon={<Clock size={14} />} onClick={wait}>
            {hold.renewsAtMs === null ? 'Wait for room' : `Wait for the next ${hold.budget}`}
          </Button>
          <Button
            {...{ size: 'lg', variant: 'danger', keys: 'X', disabled: deciding.busy }}
            icon={<Square size={14} />}
            onClick={() => setStopping(true)}
          >
            Stop
          </Button>
        </footer>
      )}
      <ConfirmDialog
        open={stopping}
        onClose={() => setStopping(false)}
        onConfirm={() => deciding.budget(task, { choice: 'stop' })}
        busy={deciding.busy}
        title="Stop here?"
        action="Stop"
      >
        The step fails, and R-{task.runRef} with it, unless its error outcome leads on or it is one item of a loop that
        may fail. What was paid stays paid.
      </ConfirmDialog>
    </>
  );
}

/** Half as much again, and at least what the call needs, in whole cents. */
function suggested({ limitMicros, spentMicros, reservedMicros, neededMicros }: BudgetHold): number {
  const cent = 10_000;
  return Math.ceil(Math.max(limitMicros * 1.5, spentMicros + reservedMicros + neededMicros) / cent) * cent;
}
