import type { Pool } from 'pg';
import { bm25, type Collection, questionWeights, type Scored, type Weights, widened } from './bm25.ts';
import { type ChunkHit, candidates, chosen, holdsAny, type Passage } from './candidates.ts';
import { textRanking } from './ranking.ts';
import type { SearchFilter } from './search-filter.ts';
import type { Space } from './space/space.ts';
import { joinedTerms, parseWords, type Words } from './words.ts';

export type TextQuestion = { text: string; asked: Words; filter: SearchFilter; space: Space | null };
export type TextHit = ChunkHit & { score: number };

/**
 * Full text in Postgres: items, best first, each with its best passage. Passages are taken from the rarest words of the
 * question on until there are enough to compare; of a word that alone stands in too many only the newest. What is
 * compared is ranked by BM25 over the whole question, then again with the words of what came first. Quotes and minus
 * work as in `websearch_to_tsquery`.
 */
export async function searchText(db: Pool, question: TextQuestion, limit: number): Promise<TextHit[]> {
  if (question.asked.size === 0) return [];
  const collection = await collectionOf(db, question);
  const passages = await candidates(db, question, chosen([...question.asked.keys()], collection));
  return rankPassages(passages, questionWeights(question.asked, collection), { collection, limit });
}

/** Items by the words of their compared passages, best first, each with the passage that answers best. */
export function rankPassages(
  passages: readonly Passage[],
  weights: Weights,
  { collection, limit }: { collection: Collection; limit: number },
): TextHit[] {
  const byItem = Map.groupBy(passages, ({ itemId }) => itemId);
  const items = [...byItem].map(([id, parts]) => ({ id, terms: joinedTerms(parts.map(({ terms }) => terms)) }));
  const first = bm25(items, weights);
  const order = first.length < textRanking.feedbackFrom ? first : bm25(items, wider(first, byItem));
  return order.slice(0, limit).flatMap(({ id, score }) => {
    const chunkId = bestOf(byItem.get(id) ?? []);
    return chunkId === undefined ? [] : [{ chunkId, itemId: id, score }];
  });

  function bestOf(parts: readonly Passage[]): string | undefined {
    const ranked = parts.length < 2 ? [] : bm25(parts.map(asDocument), weights);
    return ranked[0]?.id ?? parts[0]?.chunkId;
  }

  function wider(ranked: readonly Scored[], parts: Map<string, Passage[]>): Weights {
    const best = ranked.slice(0, textRanking.feedbackItems).map(({ id }) => together(parts.get(id) ?? []));
    return widened(weights, best, collection);
  }
}

const asDocument = ({ chunkId, terms }: Passage) => ({ id: chunkId, terms });

function together(parts: readonly Passage[]): Words {
  const all: Words = new Map();
  for (const { tsvector } of parts)
    for (const [word, times] of parseWords(tsvector)) all.set(word, (all.get(word) ?? 0) + times);
  return all;
}

/** How rare words are: as it was learnt, and counted now where it was not, up to what makes a word a common one. */
async function collectionOf(db: Pool, { asked, filter, space }: TextQuestion): Promise<Collection> {
  const unknown = [...asked.keys()].filter((word) => space?.held(word) === undefined);
  if (space && unknown.length === 0) return { passages: space.passages, held: (word) => space.held(word) ?? 0 };
  const { rows } = await db.query<{ word: string; held: number; passages: number }>(countSql, [
    filter.projectId,
    unknown,
    countedAtMost,
    space?.passages ?? null,
  ]);
  const counted = new Map(rows.map(({ word, held }) => [word, held]));
  const passages = space?.passages ?? rows[0]?.passages ?? 0;
  return { passages, held: (word) => space?.held(word) ?? counted.get(word) ?? 0 };
}

const countedAtMost = 2_000;
const countSql = `
select word, (select count(*)::int from (select from memory_chunk c where ${holdsAny('array[word]')} limit $3) n) as held,
       coalesce($4::int, (select count(*)::int from memory_chunk where project_id = $1)) as passages
  from unnest($2::text[]) as asked(word)`;
