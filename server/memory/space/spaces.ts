import type { Pool } from 'pg';
import { processWide } from '#server/db/process-wide.ts';
import { providerEmbedder } from '../provider/provider-embedder.ts';
import { type Embedder, hashEmbedder, type Space, spaceOf } from './space.ts';

type Stored = {
  id: string;
  name: string;
  state: 'building' | 'current' | 'previous';
  passages: number;
  terms: string[];
  held: number[];
  vectors: Buffer;
};

/**
 * Which spaces a project has: the one that is searched, and one whose index is being built; null where nothing was learnt
 * for it. `reading` is the embedder whose index is searched, `writing` the one that passages are written for.
 */
export type Spaces = { current: Space | null; building: Space | null; reading: Embedder; writing: Embedder };

/** Spaces that a process keeps at hand: each takes some megabytes, and never changes. */
const mostKept = 4;
const kept = () => processWide('memory-spaces', () => new Map<string, Space>());

export async function spacesOf(db: Pool, projectId: string): Promise<Spaces> {
  const { rows } = await db.query<Pick<Stored, 'id' | 'state' | 'name'> & { model: string | null }>({
    name: 'spaces_of_project',
    text: 'select id, state, name, model from memory_space where project_id = $1',
    values: [projectId],
  });
  const row = (state: Stored['state']) => rows.find((each) => each.state === state);
  const learnt = async (found: ReturnType<typeof row>) =>
    !found || found.model !== null || found.name === hashEmbedder.name ? null : await load(db, found.id);
  const [current, building] = [await learnt(row('current')), await learnt(row('building'))];
  const embedder = (found: ReturnType<typeof row>, space: Space | null): Embedder =>
    found && found.model !== null
      ? providerEmbedder(db, { projectId, embedder: found.name, model: found.model })
      : (space ?? hashEmbedder);
  const reading = embedder(row('current'), current);
  return { current, building, reading, writing: row('building') ? embedder(row('building'), building) : reading };
}

/** The embedder whose index a project is searched by, and the one that its passages are written for. */
export function embeddersOf({ reading, writing }: Spaces): { reading: Embedder; writing: Embedder } {
  return { reading, writing };
}

/** Names of the embedders whose indexes a project may have. */
export async function embedderNames(db: Pool, projectId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string; state: string }>(
    'select name, state from memory_space where project_id = $1',
    [projectId],
  );
  const names = rows.map(({ name }) => name);
  return rows.some(({ state }) => state === 'current') ? names : [...names, hashEmbedder.name];
}

async function load(db: Pool, id: string): Promise<Space | null> {
  const cache = kept();
  const known = cache.get(id);
  if (known) {
    cache.delete(id);
    cache.set(id, known);
    return known;
  }
  const { rows } = await db.query<Stored>(
    'select name, chunks as passages, terms, held, vectors from memory_space where id = $1',
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  const space = spaceOf({ ...row, vectors: floats(row.vectors) });
  cache.set(id, space);
  for (const oldest of [...cache.keys()].slice(0, -mostKept)) cache.delete(oldest);
  return space;
}

/** Read from the bytes that Postgres keeps; the buffer may begin anywhere, floats may not. */
function floats(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
