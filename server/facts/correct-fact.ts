import { pool } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { refuseEmptyInterval } from './add-fact.ts';
import { type Written, writeFact } from './write-fact.ts';

/**
 * Puts a fact right by a new one that says why; the wrong one stays in the history. What is not given is as it was.
 * Errors: NOT_FOUND, CONFLICT (it was corrected already), INPUT_INVALID.
 */
export async function correctFact(
  scope: Scope,
  input: {
    id: string;
    object: string | null;
    reason: string;
    validFrom?: number | undefined;
    validTo?: number | null | undefined;
  },
): Promise<Written> {
  const wrong = found(await scope.db.fact.findUnique({ where: { id: input.id } }), 'The fact');
  if (await scope.db.fact.findUnique({ where: { corrects: input.id } }))
    throw new AppError('CONFLICT', 'The fact was corrected already. Correct the newer one.');
  const { entityId, subject, relation } = wrong;
  const validFrom = input.validFrom ?? wrong.validFrom.getTime();
  const validTo = input.validTo === undefined ? (wrong.validTo?.getTime() ?? null) : input.validTo;
  refuseEmptyInterval(validFrom, validTo);
  return await writeFact(pool(), vectorIndex(), {
    ...{ projectId: scope.projectId, entityId, subject, relation, object: input.object, validFrom, validTo },
    ...{ source: wrong.source, by: scope.actor, untrusted: false },
    corrects: { id: wrong.id, reason: input.reason },
  });
}
