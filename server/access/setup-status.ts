import { pending } from '#server/api/pending.ts';

export function setupStatus(): Promise<{ needsOperator: boolean }> {
  return pending();
}
