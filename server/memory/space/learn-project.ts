import { randomUUIDv7 } from 'node:crypto';
import type { Pool } from 'pg';
import { parseWords, type Words } from '../words.ts';
import { learnSpace } from './learn.ts';
import { vocabularyOf } from './space.ts';

/** Fewer passages teach nothing. */
const fewestPassages = 200;
/** A project is learnt anew when it holds so many times the passages that it was learnt from. */
const growth = 2;
/** Passages that likeness is learnt from at most, spread over all: more make it slower and hardly better. */
const mostPassages = 4_000;
/** Words that get a place; those are the most frequent ones. Of the rarer ones rarity alone is kept. */
const mostPlaced = 8_000;
const mostTerms = 60_000;
/** A word in one passage only is used like no other. */
const leastHeld = 2;

/**
 * Learns a project's space where it has grown enough, to be indexed by `indexChunks` and searched from then on. Answers
 * its name; null where there is nothing to learn, or it is being built already. `asked`: whether it has grown or not; the
 * operator decides when it is searched.
 */
export async function learnProject(db: Pool, projectId: string, asked = false): Promise<string | null> {
  const passages = await due(db, projectId, asked);
  if (passages === null) return null;
  const counted = await count(db, projectId);
  const sample = await sampled(db, projectId);
  const placed = counted.filter(({ held }) => held >= leastHeld).slice(0, mostPlaced);
  const terms = counted.map(({ term }) => term);
  const held = counted.map((row) => row.held);
  const vectors = await learnSpace(sample, vocabularyOf(terms.slice(0, placed.length), held, passages));
  const id = randomUUIDv7();
  const name = `lexical-latent-v1-${id.slice(-8)}`;
  const { rowCount } = await db.query(
    `insert into memory_space (id, project_id, name, state, chunks, terms, held, vectors, asked)
     values ($1, $2, $3, 'building', $4, $5, $6, $7, $8) on conflict (project_id, state) do nothing`,
    [id, projectId, name, passages, terms, held, Buffer.from(vectors.buffer), asked],
  );
  return rowCount === 1 ? name : null;
}

/** How many passages the project holds, where it is time to learn from them. */
async function due(db: Pool, projectId: string, asked: boolean): Promise<number | null> {
  const { rows } = await db.query<{ passages: number; learnt: number; building: boolean; provided: boolean }>(
    `select (select count(*)::int from memory_chunk where project_id = $1) as passages,
            coalesce(max(chunks), 0) as learnt, coalesce(bool_or(state = 'building'), false) as building,
            coalesce(bool_or(state = 'current' and model is not null), false) as provided
       from memory_space where project_id = $1`,
    [projectId],
  );
  const { passages = 0, learnt = 0, building = false, provided = false } = rows[0] ?? {};
  // Where the operator chose the model of a provider, nothing takes its place by itself.
  const unasked = !asked && (provided || passages < growth * learnt);
  return building || passages < fewestPassages || unasked ? null : passages;
}

async function count(db: Pool, projectId: string): Promise<{ term: string; held: number }[]> {
  const { rows } = await db.query<{ term: string; held: number }>(
    `select word as term, ndoc as held
       from ts_stat(format('select words from memory_chunk where project_id = %L', $1::uuid))
      order by ndoc desc, word limit $2`,
    [projectId, mostTerms],
  );
  return rows;
}

// In the order of a hash, so that every part of a memory is heard, and the same one each time.
async function sampled(db: Pool, projectId: string): Promise<Words[]> {
  const { rows } = await db.query<{ words: string }>(
    'select words::text from memory_chunk where project_id = $1 order by md5(id::text) limit $2',
    [projectId, mostPassages],
  );
  return rows.map(({ words }) => parseWords(words));
}
