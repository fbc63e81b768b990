import { createHash, randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { environmentName } from '#server/connections/types.ts';
import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { learnProject } from '#server/memory/space/learn-project.ts';
import { hashEmbedder } from '#server/memory/space/space.ts';
import { embeddersOf, spacesOf } from '#server/memory/space/spaces.ts';
import { ownModels } from '#server/money/asked-model.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/**
 * Embedders that the operator can choose: two that ask nobody, of which `lexical-latent-v1` is learnt anew from the
 * project's texts each time, and any model of a connection, as `connection:model`; without a model its usual one.
 */
export const lexicalChoices = ['lexical-hash-v1', 'lexical-latent-v1'] as const;
export const embedderChoice = z.union([
  z.enum(lexicalChoices),
  z
    .string()
    .max(250)
    .regex(/^[a-z][a-z0-9-]*:/, 'Name the model of a connection, as connection:model.'),
]);
export type EmbedderChoice = z.infer<typeof embedderChoice>;

/**
 * Begins to build the index of another embedder beside the one that is searched; the worker goes on with it, and nothing
 * changes for searches until `switchEmbedder`. Errors: CONFLICT (one is being built, it is searched already, too little
 * to learn from), NOT_FOUND, NOT_CONFIGURED (a connection that there is not, or that cannot be opened).
 */
export async function migrateEmbedder(scope: Scope, to: EmbedderChoice): Promise<{ name: string }> {
  const { projectId } = scope;
  const { reading, writing } = embeddersOf(await spacesOf(pool(), projectId));
  if (reading.name !== writing.name)
    throw new AppError('CONFLICT', `The index of ${writing.name} is being built. Switch to it or stop it first.`);
  const name = await begin(projectId, to, reading.name);
  if (!name)
    throw new AppError('CONFLICT', 'There is too little in memory to learn from, or it is being built already.');
  await recordAudit(scope, { action: 'memory.migrate', subject: projectId, details: { from: reading.name, to: name } });
  await query(`select graphile_worker.add_job('index-memory', job_key := 'index-memory')`);
  return { name };
}

async function begin(projectId: string, to: EmbedderChoice, current: string): Promise<string | null> {
  if (to === 'lexical-latent-v1') return await learnProject(pool(), projectId, true);
  const { name, model } =
    to === hashEmbedder.name ? { name: hashEmbedder.name, model: null } : await ofProvider(projectId, to);
  if (current === name) throw new AppError('CONFLICT', `Memory is searched by ${name} already.`);
  const rows = await query<{ name: string }>(
    `with gone as (delete from memory_space where project_id = $2 and state = 'previous' and name = $3)
     insert into memory_space (id, project_id, name, state, chunks, terms, held, vectors, asked, model)
     values ($1, $2, $3, 'building', 0, '{}', '{}', '', true, $4) on conflict (project_id, state) do nothing returning name`,
    [randomUUIDv7(), projectId, name, model],
  );
  return rows[0]?.name ?? null;
}

/** The name says which model it is; the same model at the same connection finds the vectors that were paid for before. */
async function ofProvider(projectId: string, to: string): Promise<{ name: string; model: string }> {
  const connection = to.slice(0, to.indexOf(':'));
  const rows = await query<{ id: string }>('select id from model_connection where project_id = $1 and name = $2', [
    projectId,
    connection,
  ]);
  if (!rows[0] && connection !== environmentName)
    throw new AppError('NOT_FOUND', `There is no connection “${connection}”. Add it in the settings.`);
  const { model } = await (await ownModels()).choose(projectId, to, 'vectors');
  const key = createHash('sha256')
    .update(`${rows[0]?.id ?? connection} ${model}`)
    .digest('hex')
    .slice(0, 8);
  const plain = model
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
  return { name: `${plain}-${key}`, model: `${connection}:${model}` };
}
