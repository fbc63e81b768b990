import { hasOperator } from './operator.ts';

/** Whether the first visit is still to come. */
export async function setupStatus(): Promise<{ needsOperator: boolean }> {
  return { needsOperator: !(await hasOperator()) };
}
