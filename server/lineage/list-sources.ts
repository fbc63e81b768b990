import type { Scope } from '#server/db/scoped.ts';
import { numberedSources } from './cites.ts';
import { followLineage } from './get-lineage.ts';
import type { Place } from './types.ts';

/** What a number in a generated text stands for. */
export type NumberedSource = {
  number: number;
  itemId: string;
  passageId: string | null;
  source: string;
  preview: string | null;
  /** False: memory does not hold it any more. */
  there: boolean;
};

const depth = 12;

/**
 * What numbers such as [2] in the texts of a step stand for: the passages of the nearest recall that it read. Empty
 * where it read none. Errors: NOT_FOUND.
 */
export async function listSources(scope: Scope, at: Place): Promise<NumberedSource[]> {
  const growth = await followLineage(scope, { ...at, of: 'output', pointer: '', depth });
  return numberedSources(growth, growth.root ?? '').map(({ number, itemId, passageId, source, preview, there }) => ({
    ...{ number, itemId, passageId, source, preview, there },
  }));
}
