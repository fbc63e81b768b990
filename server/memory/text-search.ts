import type { Pool } from 'pg';
import { bm25, type Collection, type Document, questionWeights, type Weights, widened } from './bm25.ts';
import { textRanking } from './ranking.ts';
import type { Space } from './space/space.ts';
import { parseWords, type Words } from './words.ts';

/** Where a search looks: within one project always, and optionally about one entity, of some kinds, … */
export type SearchFilter = {
  projectId: string;
  entityId?: string;
  kinds?: string[];
  /** When it happened, epoch milliseconds, both included. */
  since?: number;
  until?: number;
  /** From 0 to 1. */
  minImportance?: number;
};
export type ChunkHit = { chunkId: string; itemId: string };
export type TextQuestion = { text: string; asked: Words; filter: SearchFilter; space: Space | null };
export type TextHit = ChunkHit & { score: number; words: Words };

type Passage = ChunkHit & { words: Words };

/**
 * Full text in Postgres: items, best first, each with its best passage. Passages are taken from the rarest words of the
 * question on until there are enough to compare; of a word that alone stands in too many only the newest. What is
 * compared is ranked by BM25 over the whole question, then again with the words of what came first. Quotes and minus
 * work as in `websearch_to_tsquery`.
 */
export async function searchText(db: Pool, question: TextQuestion, limit: number): Promise<TextHit[]> {
  if (question.asked.size === 0) return [];
  const collection = await collectionOf(db, question);
  const passages = await compared(db, question, chosen([...question.asked.keys()], collection));
  return rankPassages(passages, questionWeights(question.asked, collection), collection).slice(0, limit);
}

export const kindsOf = ({ kinds }: SearchFilter): string[] | null => (kinds && kinds.length > 0 ? kinds : null);

/** Items by the words of their compared passages, best first, each with the passage that answers best. */
export function rankPassages(passages: readonly Passage[], weights: Weights, collection: Collection): TextHit[] {
  const byItem = Map.groupBy(passages, ({ itemId }) => itemId);
  const items = [...byItem].map(([id, parts]): Document => ({ id, words: together(parts.map(({ words }) => words)) }));
  const wordsOf = new Map(items.map(({ id, words }) => [id, words]));
  const first = bm25(items, weights);
  const best = first.slice(0, textRanking.feedbackItems).map(({ id }) => ({ id, words: wordsOf.get(id) ?? new Map() }));
  const wide = first.length < textRanking.feedbackFrom ? weights : widened(weights, best, collection);
  const order = wide === weights ? first : bm25(items, wide);
  const chunkRank = new Map(
    bm25(
      passages.map(({ chunkId, words }) => ({ id: chunkId, words })),
      weights,
    ).map(({ id }, rank) => [id, rank]),
  );
  const rankOf = ({ chunkId }: Passage) => chunkRank.get(chunkId) ?? passages.length;
  return order.flatMap(({ id, score }) => {
    const [passage] = (byItem.get(id) ?? []).sort((a, b) => rankOf(a) - rankOf(b));
    return passage ? [{ ...passage, score }] : [];
  });
}

function together(parts: readonly Words[]): Words {
  if (parts.length === 1 && parts[0]) return parts[0];
  const all: Words = new Map();
  for (const words of parts) for (const [word, times] of words) all.set(word, (all.get(word) ?? 0) + times);
  return all;
}

/** How rare words are: as it was learnt, and counted now where it was not, up to what makes a word a common one. */
async function collectionOf(db: Pool, { asked, filter, space }: TextQuestion): Promise<Collection> {
  const unknown = [...asked.keys()].filter((word) => space?.held(word) === undefined);
  if (space && unknown.length === 0) return { passages: space.passages, held: (word) => space.held(word) ?? 0 };
  const { rows } = await db.query<{ word: string; held: number; passages: number }>(countSql, [
    filter.projectId,
    unknown,
    unknown.map(quoted),
    countedAtMost,
    space?.passages ?? null,
  ]);
  const counted = new Map(rows.map(({ word, held }) => [word, held]));
  const passages = space?.passages ?? rows[0]?.passages ?? 0;
  return { passages, held: (word) => space?.held(word) ?? counted.get(word) ?? 0 };
}

const countedAtMost = 2_000;
const countSql = `
select word, (select count(*)::int from (select from memory_chunk c where c.project_id = $1 and c.words @@ q::tsquery limit $4) n) as held,
       coalesce($5::int, (select count(*)::int from memory_chunk where project_id = $1)) as passages
  from unnest($2::text[], $3::text[]) as asked(word, q)`;

type Chosen = { rare: string[]; common: string | null };

/** The rarest words as long as their passages can all be compared, and the next one, of which some can. */
function chosen(words: readonly string[], { held }: Collection): Chosen {
  const known = words.map((word) => ({ word, held: held(word) })).filter((each) => each.held > 0);
  const byRarity = known.sort((a, b) => a.held - b.held).slice(0, textRanking.mostWords);
  let sum = 0;
  const rare = byRarity.filter((each) => {
    sum += each.held;
    return sum <= textRanking.mostCompared;
  });
  return { rare: rare.map(({ word }) => word), common: byRarity[rare.length]?.word ?? null };
}

async function compared(db: Pool, { text, filter }: TextQuestion, { rare, common }: Chosen): Promise<Passage[]> {
  if (rare.length === 0 && common === null) return [];
  const { rows } = await db.query<ChunkHit & { words: string }>(comparedSql, [
    filter.projectId,
    filter.entityId ?? null,
    kindsOf(filter),
    filter.since ?? null,
    filter.until ?? null,
    filter.minImportance ?? null,
    usesSyntax.test(text) ? text : null,
    rare.map(quoted).join(' | '),
    common === null ? '' : quoted(common),
    textRanking.mostCompared,
  ]);
  return rows.map(({ words, ...hit }) => ({ ...hit, words: parseWords(words) }));
}

const usesSyntax = /"[^"]+"|(?:^|\s)-[\p{L}\p{N}"]/u;

const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

const within = `c.project_id = $1 and ($2::uuid is null or c.entity_id = $2)
  and ($7::text is null or c.words @@ websearch_to_tsquery('english', $7))
  and (($3::text[] is null and $4::float8 is null and $5::float8 is null and $6::float8 is null)
       or exists (select from memory_item i where i.id = c.item_id and ($3::text[] is null or i.kind = any($3))
            and ($4::float8 is null or i.at >= to_timestamp($4 / 1000)) and ($5::float8 is null or i.at <= to_timestamp($5 / 1000))
            and ($6::float8 is null or i.importance >= $6)))`;

const comparedSql = `
with rare as materialized (
  select c.id, c.item_id, c.words from memory_chunk c where c.words @@ nullif($8, '')::tsquery and ${within} limit $10),
common as (
  select c.id, c.item_id, c.words from memory_chunk c
   where c.words @@ nullif($9, '')::tsquery and coalesce(not c.words @@ nullif($8, '')::tsquery, true) and ${within}
   order by c.id desc limit $10 - (select count(*) from rare))
select id as "chunkId", item_id as "itemId", words::text from (select * from rare union all select * from common) f order by id`;
