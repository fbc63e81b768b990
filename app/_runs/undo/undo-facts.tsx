import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { plural } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import type { UndoPlan } from '#server/undo/types.ts';

/** What an undo does not touch, and what it costs. */
export function UndoFacts({ plan }: { plan: UndoPlan }) {
  const stays = plan.irreversible + plan.offers;
  return (
    <>
      <dl className="mt-3 text-12">
        <Fact name="Money spent">
          <Money micros={plan.keptSpendMicros} className="font-semibold" /> stays spent
        </Fact>
        {plan.alreadyUndone > 0 && <Fact name="Undone before">{plural(plan.alreadyUndone, 'step')}</Fact>}
        {stays > 0 && <Fact name="Stays as it is">{plural(stays, 'effect')}</Fact>}
      </dl>
      {plan.cancelsRun && (
        <p className="mt-3 flex gap-2 text-12 text-fg-2">
          <CircleAlert size={14} className="mt-px flex-none text-st-waiting" aria-hidden="true" />
          The run is still under way. It is cancelled first: what has not begun will not happen.
        </p>
      )}
      {stays > 0 && (
        <p className="mt-3 flex gap-2 text-12 text-fg-2">
          <CircleAlert size={14} className="mt-px flex-none text-fg-3" aria-hidden="true" />
          What cannot be undone stays as it is. Where a correction helps, one is offered, and you decide on it.
        </p>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3 border-b border-line py-1.5">
      <dt className="text-fg-2">{name}</dt>
      <dd className="text-right font-medium">{children}</dd>
    </div>
  );
}
