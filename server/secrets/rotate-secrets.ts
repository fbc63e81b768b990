import type { Pool } from 'pg';
import { purposeOf } from '#server/connections/purpose.ts';
import { inTransaction } from '#server/db/in-transaction.ts';
import { AppError } from '#server/errors.ts';
import { type KeySource, keyRing, newKey, writeKeys } from './key-ring.ts';
import { seal, unseal } from './seal.ts';

/**
 * Seals all stored secrets by a new key and forgets the old ones. Until everything is sealed anew the home has both, so a
 * crash in between loses nothing. With SOLOGRAPH_KEY the operator gives the new key: `new,old`. Errors: INPUT_INVALID.
 */
export async function rotateSecrets(db: Pool, source: KeySource): Promise<{ sealed: number; keyId: string }> {
  const ring = keyRing(source);
  const { SOLOGRAPH_KEY, SOLOGRAPH_HOME: home } = source;
  if (SOLOGRAPH_KEY && ring.length === 1)
    throw new AppError(
      'INPUT_INVALID',
      'The key comes from SOLOGRAPH_KEY. Set it to the new key, a comma and the old one everywhere, then rotate again.',
    );
  const to = SOLOGRAPH_KEY ? ring[0] : newKey();
  if (!SOLOGRAPH_KEY) writeKeys(home, [to, ...ring]);
  const sealed = await inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ id: string; sealed: Uint8Array<ArrayBuffer>; keyId: string }>(
      'select id, key_sealed as sealed, key_id as "keyId" from model_connection where key_sealed is not null for update',
    );
    for (const { id, ...old } of rows) {
      const anew = seal(unseal(old, purposeOf(id), [to, ...ring]), purposeOf(id), to);
      await tx.query('update model_connection set key_sealed = $2, key_id = $3 where id = $1', [
        id,
        Buffer.from(anew.sealed),
        anew.keyId,
      ]);
    }
    return rows.length;
  });
  if (!SOLOGRAPH_KEY) writeKeys(home, [to]);
  return { sealed, keyId: to.id };
}
