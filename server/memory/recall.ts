import type { Pool } from 'pg';
import type { MemoryCapability, MemoryHit } from '#nodes/core/capabilities.ts';
import type { ChunkHit } from './candidates.ts';
import { IndexUnavailable, type VectorIndex } from './chroma.ts';
import { type Fused, fuse } from './fuse.ts';
import { depth, type Ranking, ranking } from './ranking.ts';
import type { SearchFilter } from './search-filter.ts';
import { type Embedder, EmbedderUnavailable } from './space/space.ts';
import { embeddersOf, spacesOf } from './space/spaces.ts';
import { searchText } from './text-search.ts';
import { vary } from './vary.ts';
import { weightOf } from './weigh.ts';
import { parseWords, type Words } from './words.ts';

export type Question = SearchFilter & {
  text: string;
  limit: number;
  /** How it ranks, where it differs from `ranking`. */
  ranking?: Partial<Ranking>;
  /** The embedder whose index is asked, where it is not the one that is searched. */
  embedder?: Embedder;
  /** One search alone, for comparison; both where it is not given. */
  only?: 'text' | 'vectors';
};
type Recalled = Awaited<ReturnType<MemoryCapability['recall']>>;

/** Items that are kept as considered at most: provenance is bounded. */
const mostConsidered = 50;

/**
 * What the business knows about a question: nearest vectors and full text, fused by reciprocal rank, weighed by recency
 * and importance, one hit per item with its best passage. Without the index full text alone is used, and `vectors` says
 * so. `considered` holds what was found, best first, by reference.
 */
export async function recall(db: Pool, index: VectorIndex, question: Question): Promise<Recalled> {
  const { text, limit, ranking: own, only, embedder, ...filter } = question;
  const by = { ...ranking, ...own };
  const [spaces, asked] = await Promise.all([spacesOf(db, filter.projectId), wordsOf(db, text)]);
  const reading = embedder ?? embeddersOf(spaces).reading;
  const nothing = { hits: [], considered: [], embedder: reading.name, ranking: by };
  if (text.trim() === '' || limit < 1) return { ...nothing, vectors: index.state().ok };
  const space = spaces.building ?? spaces.current;
  const [byVector, byText] = await Promise.all([
    only === 'text' ? [] : nearest(db, index, { text, asked, embedder: reading }, filter),
    only === 'vectors' ? [] : searchText(db, { text, asked, filter, space }, depth),
  ]);
  const fused = fuse(
    (byVector ?? []).map((hit) => hit.itemId),
    byText.map((hit) => hit.itemId),
    by,
  );
  const chunkOf = passages([...byText, ...(byVector ?? [])]);
  const found = weighed(await load(db, { filter, fused: fused.slice(0, depth), chunkOf, words: by.variety > 0 }), by);
  return {
    hits: varied(found, by.variety, limit),
    vectors: byVector !== null,
    considered: found.slice(0, mostConsidered).map(({ itemId, score, vectorRank, textRank }) => ({
      itemId,
      score,
      vectorRank,
      textRank,
    })),
    embedder: reading.name,
    ranking: by,
  };
}

async function wordsOf(db: Pool, text: string): Promise<Words> {
  const { rows } = await db.query<{ words: string }>({
    name: 'question_words',
    text: `select to_tsvector('english', $1)::text as words`,
    values: [text],
  });
  return parseWords(rows[0]?.words ?? '');
}

type Asked = { text: string; asked: Words; embedder: Embedder };

async function nearest(
  db: Pool,
  index: VectorIndex,
  { text, asked, embedder }: Asked,
  filter: SearchFilter,
): Promise<ChunkHit[] | null> {
  try {
    const vector = await embedder.vectorOf({ text, words: asked });
    // A question without words has no direction: every chunk would be as near as any other.
    if (vector.every((value) => value === 0)) return index.state().ok ? [] : null;
    const found = await index.query(vector, filter, depth, embedder.name);
    return found.length === 0 && (await isLost(db, index, filter.projectId, embedder.name))
      ? null
      : await withItems(db, found);
  } catch (error) {
    if (error instanceof IndexUnavailable || error instanceof EmbedderUnavailable) return null;
    throw error;
  }
}

/** Whether the index answers with nothing because its data was removed, and not because nothing is there. */
async function isLost(db: Pool, index: VectorIndex, projectId: string, embedder: string): Promise<boolean> {
  const { rowCount } = await db.query('select from memory_indexed where project_id = $1 and indexed_in = $2 limit 1', [
    projectId,
    embedder,
  ]);
  return rowCount === 1 && (await index.count(projectId, embedder)) === 0;
}

/** Of which items chunks are, in the order given; what the index still holds of removed ones is left out. */
async function withItems(db: Pool, chunkIds: string[]): Promise<ChunkHit[]> {
  const { rows } = await db.query<ChunkHit>({
    name: 'items_of_chunks',
    text: 'select id as "chunkId", item_id as "itemId" from memory_chunk where id = any($1::uuid[])',
    values: [chunkIds],
  });
  const itemOf = new Map(rows.map(({ chunkId, itemId }) => [chunkId, itemId]));
  return chunkIds.flatMap((chunkId) => {
    const itemId = itemOf.get(chunkId);
    return itemId === undefined ? [] : [{ chunkId, itemId }];
  });
}

/** Item → its best chunk. */
function passages(hits: ChunkHit[]): Map<string, string> {
  const best = new Map<string, string>();
  for (const { itemId, chunkId } of hits) if (!best.has(itemId)) best.set(itemId, chunkId);
  return best;
}

type Row = Omit<MemoryHit, 'score' | 'vectorRank' | 'textRank' | 'at'> & {
  at: string;
  importance: number;
  tsvector: string;
};
type Found = MemoryHit & { id: string; importance: number; tsvector: string };
type Wanted = { filter: SearchFilter; fused: Fused[]; chunkOf: Map<string, string>; words: boolean };

/**
 * Reads the hits from Postgres, so that what the index still holds of removed items is left out, and so is what it knows
 * nothing of: when something happened and how important it is.
 */
async function load(db: Pool, { filter, fused, chunkOf, words }: Wanted): Promise<Found[]> {
  const { rows } = await db.query<Row>({
    name: 'recalled_items',
    text: loadSql,
    values: [
      fused.map(({ id }) => chunkOf.get(id)),
      filter.projectId,
      filter.since ?? null,
      filter.until ?? null,
      filter.minImportance ?? null,
      words,
    ],
  });
  const byItem = new Map(rows.map((row) => [row.itemId, row]));
  return fused.flatMap(({ id, score, vectorRank, textRank }) => {
    const row = byItem.get(id);
    if (!row) return [];
    return [{ ...row, id, at: Number(row.at), score, vectorRank, textRank }];
  });
}

// The project is asked for in a form that no index answers: those of the passages are the quicker way.
const loadSql = `
select i.id as "itemId", c.id as "passageId", c.text, i.kind, i.tier, i.source, i.untrusted, i.importance, case when $6 then c.words::text else '' end as tsvector,
       floor(extract(epoch from i.at) * 1000)::bigint as at
  from memory_chunk c join memory_item i on i.id = c.item_id
 where c.id = any($1::uuid[]) and (i.project_id = $2) is true
   and ($3::float8 is null or i.at >= to_timestamp($3 / 1000)) and ($4::float8 is null or i.at <= to_timestamp($4 / 1000))
   and ($5::float8 is null or i.importance >= $5)`;

function varied(found: Found[], variety: number, limit: number): MemoryHit[] {
  const candidates = found.map((hit) => ({ id: hit.itemId, score: hit.score, words: parseWords(hit.tsvector), hit }));
  return vary(candidates, variety, limit).map(({ hit: { id: _id, importance: _i, tsvector: _t, ...hit } }) => hit);
}

function weighed(found: Found[], by: Ranking): Found[] {
  const now = Date.now();
  return found.map((hit) => ({ ...hit, score: hit.score * weightOf(hit, by, now) })).sort((a, b) => b.score - a.score);
}
