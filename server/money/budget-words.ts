import type { BudgetHold } from '#nodes/core/step.ts';
import { dollars } from './reserve.ts';

const names: Record<BudgetHold['budget'], (period: string) => string> = {
  run: () => 'The budget of this run',
  pipeline: () => 'The budget of this pipeline',
  project: () => 'The budget of this project',
  day: (period) => `The budget of ${period}`,
  month: (period) => `The budget of ${period}`,
};

/** Why a step is held, in one sentence with all the amounts. */
export function budgetReason({ budget, period, ...hold }: BudgetHold): string {
  const used = `${names[budget](period)} is $${dollars(hold.limitMicros)}, of which $${dollars(hold.spentMicros)} is spent`;
  const underWay = hold.reservedMicros > 0 ? ` and up to $${dollars(hold.reservedMicros)} under way` : '';
  return `${used}${underWay}; the next model call may cost up to $${dollars(hold.neededMicros)}.`;
}
