import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startStack } from '#server/boot/stack.ts';
import { IndexUnavailable, openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import { addItems } from '#server/memory/items.ts';

/** A durable Postgres and a Chroma of their own with the product's schema. */
export type RecallRig = {
  pool: pg.Pool;
  index: VectorIndex;
  project: (name: string) => Promise<string>;
  close: () => Promise<void>;
};

export async function openRecallRig(): Promise<RecallRig> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-bench-'));
  fs.chmodSync(home, 0o755);
  const env = { DATABASE_URL: undefined, CHROMA_URL: undefined };
  const stack = await startStack({ home, web: false, worker: false, env });
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 4 });
  await pool.query(
    `insert into "user" (id, name, email, "updatedAt") values ('bench', 'Bench', 'bench@example.test', now())`,
  );
  return {
    pool,
    index: openVectorIndex(stack.chromaUrl ?? undefined),
    async project(name) {
      const { rows } = await pool.query<{ id: string }>(
        `insert into project (id, owner_id, name) values (gen_random_uuid(), 'bench', $1) returning id`,
        [name],
      );
      return rows[0]?.id ?? '';
    },
    async close() {
      await pool.end();
      await stack.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Documents stored with one call, and calls at once: as many as there are cores. */
const atOnce = 200;
const callsAtOnce = 2;

/**
 * Stores documents and has them indexed as the product does, until all can be searched: cut, counted, learnt from,
 * embedded, in Chroma. Answers their items' ids in order.
 */
export async function ingest({ pool, index }: RecallRig, projectId: string, texts: string[]): Promise<string[]> {
  const ids: string[][] = [];
  let next = 0;
  const store = async (): Promise<void> => {
    while (next < texts.length) {
      const [from, items] = [next, texts.slice(next, next + atOnce).map(itemOf)];
      next += atOnce;
      ids[from / atOnce] = await addItems(pool, projectId, items);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, store));
  const { available } = await indexPending(pool, index, Number.MAX_SAFE_INTEGER);
  if (!available) throw new IndexUnavailable('Chroma did not take the documents of the bench.');
  return ids.flat();
}

const itemOf = (text: string) => ({ text, kind: 'document', tier: 'knowledge' as const, untrusted: false });
