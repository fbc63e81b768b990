import { randomUUIDv7 } from 'node:crypto';
import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { learnProject } from '#server/memory/space/learn-project.ts';
import { hashEmbedder } from '#server/memory/space/space.ts';
import { embeddersOf, spacesOf } from '#server/memory/space/spaces.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/** Embedders that the operator can choose. `lexical-latent-v1` is learnt anew from the project's texts each time. */
export const embedderChoices = ['lexical-hash-v1', 'lexical-latent-v1'] as const;
export type EmbedderChoice = (typeof embedderChoices)[number];

/**
 * Begins to build the index of another embedder beside the one that is searched; the worker goes on with it, and nothing
 * changes for searches until `switchEmbedder`. Errors: CONFLICT (one is being built, it is searched already, too little
 * to learn from).
 */
export async function migrateEmbedder(scope: Scope, to: EmbedderChoice): Promise<{ name: string }> {
  const { projectId } = scope;
  const { reading, writing } = embeddersOf(await spacesOf(pool(), projectId));
  if (reading.name !== writing.name)
    throw new AppError('CONFLICT', `The index of ${writing.name} is being built. Switch to it or stop it first.`);
  const name =
    to === hashEmbedder.name ? await beginHash(projectId, reading.name) : await learnProject(pool(), projectId, true);
  if (!name)
    throw new AppError('CONFLICT', 'There is too little in memory to learn from, or it is being built already.');
  await recordAudit(scope, { action: 'memory.migrate', subject: projectId, details: { from: reading.name, to: name } });
  await query(`select graphile_worker.add_job('index-memory', job_key := 'index-memory')`);
  return { name };
}

async function beginHash(projectId: string, current: string): Promise<string | null> {
  const { name } = hashEmbedder;
  if (current === name) throw new AppError('CONFLICT', `Memory is searched by ${name} already.`);
  const rows = await query<{ name: string }>(
    `with gone as (delete from memory_space where project_id = $2 and state = 'previous' and name = $3)
     insert into memory_space (id, project_id, name, state, chunks, terms, held, vectors, asked)
     values ($1, $2, $3, 'building', 0, '{}', '{}', '', true) on conflict (project_id, state) do nothing returning name`,
    [randomUUIDv7(), projectId, name],
  );
  return rows[0]?.name ?? null;
}
