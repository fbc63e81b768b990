import { pool } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { type Written, writeFact } from './write-fact.ts';

export type FactInput = {
  entityId?: string | null | undefined;
  /** Whom or what it is about; of an entity its key where it is not given. */
  subject?: string | undefined;
  relation: string;
  /** Null: it is so no longer. */
  object: string | null;
  /** Epoch milliseconds; from now on where it is not given. */
  validFrom?: number | undefined;
  validTo?: number | null | undefined;
  source?: string | undefined;
};

/** States a fact; it supersedes what was known of the same subject and relation from then on. Errors: INPUT_INVALID, NOT_FOUND. */
export async function addFact(scope: Scope, input: FactInput): Promise<Written> {
  const { entityId = null, relation, object, validFrom = Date.now(), validTo = null } = input;
  const entity = entityId ? found(await scope.db.entity.findUnique({ where: { id: entityId } }), 'The entity') : null;
  const subject = input.subject?.trim() || entity?.key;
  if (!subject) throw new AppError('INPUT_INVALID', 'subject: say whom or what the fact is about.');
  refuseEmptyInterval(validFrom, validTo);
  return await writeFact(pool(), vectorIndex(), {
    ...{ projectId: scope.projectId, entityId, subject, relation: relation.trim(), object, validFrom, validTo },
    ...{ source: input.source ?? '', by: scope.actor, untrusted: false },
  });
}

/** Errors: INPUT_INVALID. */
export function refuseEmptyInterval(validFrom: number, validTo: number | null): void {
  if (validTo !== null && validTo <= validFrom)
    throw new AppError('INPUT_INVALID', 'validTo is not after validFrom: the fact would never hold.');
}
