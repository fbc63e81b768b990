import type { Pool, PoolClient } from 'pg';

/** Which model makes vectors for a project, and under which name they are kept. */
export type VectorMaker = { projectId: string; embedder: string; model: string };
/** Vectors by the hash of their text, hex. */
export type Keeping = readonly (readonly [hash: string, vector: readonly number[]])[];

/** Those that were paid for before. */
export async function knownVectors(
  db: Pool,
  { projectId, embedder }: VectorMaker,
  hashes: readonly string[],
): Promise<Map<string, number[]>> {
  const { rows } = await db.query<{ hash: string; vector: Buffer }>(
    `select encode(hash, 'hex') as hash, vector from memory_vector
      where project_id = $1 and embedder = $2 and hash = any(select decode(h, 'hex') from unnest($3::text[]) h)`,
    [projectId, embedder, [...new Set(hashes)]],
  );
  return new Map(rows.map(({ hash, vector }) => [hash, floats(vector)]));
}

export async function keepVectors(
  tx: PoolClient,
  { projectId, embedder }: VectorMaker,
  vectors: Keeping,
): Promise<void> {
  if (vectors.length === 0) return;
  await tx.query(
    `insert into memory_vector (project_id, embedder, hash, vector)
     select $1, $2, x.hash, x.vector from unnest($3::bytea[], $4::bytea[]) as x(hash, vector) on conflict do nothing`,
    [
      projectId,
      embedder,
      vectors.map(([hash]) => Buffer.from(hash, 'hex')),
      vectors.map(([, vector]) => Buffer.from(Float32Array.from(vector).buffer)),
    ],
  );
}

/** Of length 1, in the precision in which it is kept; all zero stays so. */
export function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return vector.map((value) => Math.fround(length === 0 ? 0 : value / length));
}

// Read from the bytes that Postgres keeps; the buffer may begin anywhere, floats may not.
function floats(bytes: Buffer): number[] {
  return [...new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))];
}
