import type { BudgetView } from '#server/money/types.ts';

export const kindWords: Record<BudgetView['kind'], string> = {
  run: 'Each run',
  day: 'Each day',
  month: 'Each month',
  pipeline: 'A pipeline, for all time',
  project: 'The project, for all time',
};

/** What a budget is for: "Each day", "Each run of Letters", "Letters, for all time". */
export function budgetTitle({ kind, pipelineName }: Pick<BudgetView, 'kind' | 'pipelineName'>): string {
  if (kind === 'pipeline') return `${pipelineName}, for all time`;
  return pipelineName === null ? kindWords[kind] : `${kindWords[kind]} of ${pipelineName}`;
}
