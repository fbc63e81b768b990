import { found, type Scope } from '#server/db/scoped.ts';
import { UsageError } from './usage.ts';

/** A run by its id or by the number that the app shows, R-12. Errors: UsageError, NOT_FOUND. */
export async function runIdOf(scope: Scope, word: string | undefined): Promise<string> {
  const ref = word?.match(/^[Rr]-(\d{1,9})$/)?.[1];
  if (ref)
    return found(
      await scope.db.run.findFirst({ where: { ref: Number(ref) }, select: { id: true } }),
      `Run ${word}`,
    ).id.toString();
  if (!word || !/^\d{1,18}$/.test(word))
    throw new UsageError(`Name a run by its id or as R-12${word ? `; "${word}" is neither` : ''}.`);
  return word;
}
