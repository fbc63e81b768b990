import type { Pool } from 'pg';
import { type IndexEntry, IndexUnavailable, type VectorIndex } from './chroma.ts';
import { embedderName } from './embedder.ts';
import { noteProblem } from './space/problem.ts';
import { type Embedder, EmbedderUnavailable } from './space/space.ts';
import { embeddersOf, spacesOf } from './space/spaces.ts';
import { parseWords } from './words.ts';

type Pending = {
  id: string;
  itemId: string;
  projectId: string;
  entityId: string | null;
  kind: string;
  text: string;
  words: string;
  isNew: boolean;
};

/** Which chunks are brought into the index: of any project, of one, or those of one item; at most `limit`. */
export type Wanted = { limit: number; projectId?: string; itemId?: string };
export type Indexed = {
  indexed: number;
  available: boolean;
  /** Why the model of a project's embedder gave no vectors. */
  problem?: string;
};

const of = (which: string) => `
  (select m.chunk_id, m.indexed_in from memory_indexed m where m.project_id = w.id and ${which}
      and ($3::uuid is null or m.chunk_id in (select id from memory_chunk where item_id = $3)) limit $4)`;

// A project's passages are written for the space that is being built, else for the one that is searched. Those that are
// not, or in another index, are found by ranges of an index: a look at all there are would be one for each round.
const pendingSql = `
with writing as (
  select p.id, coalesce((select s.name from memory_space s where s.project_id = p.id and s.state in ('building', 'current') order by s.state limit 1), $1) as name
    from project p where $2::uuid is null or p.id = $2)
select c.id, c.item_id as "itemId", c.project_id as "projectId", c.entity_id as "entityId", i.kind, c.text, c.words::text,
       m.indexed_in is null as "isNew"
  from writing w
 cross join lateral (${[of('m.indexed_in is null'), of('m.indexed_in < w.name'), of('m.indexed_in > w.name')].join(' union all ')}) m
  join memory_chunk c on c.id = m.chunk_id
  join memory_item i on i.id = c.item_id
 limit $4`;

/**
 * Brings chunks that are not in the index into it. Answers how many it brought, and whether the index
 * took them: where it is away they stay pending. Several processes may do it at once; the index holds each chunk once.
 */
export async function indexChunks(db: Pool, index: VectorIndex, wanted: Wanted): Promise<Indexed> {
  const { rows } = await db.query<Pending>(pendingSql, [
    embedderName,
    wanted.projectId ?? null,
    wanted.itemId ?? null,
    wanted.limit,
  ]);
  let indexed = 0;
  let problem: string | undefined;
  for (const [projectId, chunks] of Map.groupBy(rows, (row) => row.projectId)) {
    const embedders = embeddersOf(await spacesOf(db, projectId));
    try {
      await written(db, index, { projectId, chunks, ...embedders, note: (count) => (indexed += count) });
    } catch (error) {
      if (error instanceof IndexUnavailable) return { indexed, available: false };
      if (!(error instanceof EmbedderUnavailable)) throw error;
      // Told beside the index; the passages follow with a later round, those of other projects with this one.
      await noteProblem(db, error);
      problem = error.message;
      continue;
    }
    await noteProblem(db, { projectId, embedder: embedders.writing.name });
  }
  return { indexed, available: true, ...(problem === undefined ? {} : { problem }) };
}

type Writing = {
  projectId: string;
  chunks: Pending[];
  reading: Embedder;
  writing: Embedder;
  note: (count: number) => void;
};

/** Writes part after part: while the index takes one the next is embedded. A failure is told once nothing is under way. */
async function written(db: Pool, index: VectorIndex, { projectId, chunks, reading, writing, note }: Writing) {
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < chunks.length) {
      const part = chunks.slice(next, next + atOnce);
      next += atOnce;
      await index.upsert(projectId, await entriesOf(part, writing), writing.name);
      // What is new while another index is built is found by the one that is searched, too.
      const unseen = reading.name === writing.name ? [] : part.filter(({ isNew }) => isNew);
      await index.upsert(projectId, await entriesOf(unseen, reading), reading.name);
      await noteIndexed(db, part, writing.name);
      note(part.length);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: writesAtOnce }, write));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

/** Chunks that are embedded and written at once. */
const atOnce = 250;
const writesAtOnce = 2;

async function noteIndexed(db: Pool, chunks: Pending[], name: string): Promise<void> {
  const ids = chunks.map(({ id }) => id);
  await db.query('update memory_indexed set indexed_in = $1 where chunk_id = any($2)', [name, ids]);
}

async function entriesOf(chunks: Pending[], embedder: Embedder): Promise<IndexEntry[]> {
  const vectors = await embedder.vectorsOf(chunks.map(({ text, words }) => ({ text, words: parseWords(words) })));
  return chunks.map(({ id, text: _text, words: _words, isNew: _new, ...rest }, at) => ({
    ...rest,
    chunkId: id,
    vector: vectors[at] ?? [],
  }));
}
