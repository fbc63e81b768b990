import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConnection } from '#server/connections/create-connection.ts';
import { removeConnection } from '#server/connections/remove-connection.ts';
import { connectionFields } from '#server/connections/types.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { provideEnv } from '#server/env.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import { addItems } from '#server/memory/items.ts';
import { rebuildIndex } from '#server/memory/rebuild-index.ts';
import { recall } from '#server/memory/recall.ts';
import { syncPrices } from '#server/models/prices.ts';
import { spendBy, spendBySchema } from '#server/money/spend-by.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { listEmbedderChoices } from './embedder-choices.ts';
import { embedderStatus } from './embedder-status.ts';
import { migrateEmbedder } from './migrate-embedder.ts';
import { stopMigration } from './stop-migration.ts';
import { switchEmbedder } from './switch-embedder.ts';

let database: TestDatabase;
let scope: Scope;
let index: VectorIndex;
let server: ModelServer;

const model = 'text-embedding-3-small';
const passages = 150;
/** What the test server counts for a text, by what it charges for a million of them: 8 × $0.02. */
const tokensEach = 8;
const embeddings = () => server.calls.filter(({ path }) => path.endsWith('/embeddings'));

beforeAll(async () => {
  provideEnv({ CHROMA_URL: testChromaUrl() });
  database = await testDatabase();
  await syncPrices(database.pool);
  scope = scopeOf((await ensureFirstProject()).id, 'test');
  index = openVectorIndex(testChromaUrl());
  const items = Array.from({ length: passages }, (_, at) => ({
    text: `${'Tea '.repeat(at + 1)}number ${at}`,
    kind: 'note',
    tier: 'knowledge' as const,
    untrusted: false,
  }));
  await addItems(database.pool, scope.projectId, items);
});
afterAll(async () => await database.close());
beforeEach(async () => {
  server = await modelServer();
});
afterEach(async () => {
  if ((await embedderStatus(scope)).building) await stopMigration(scope);
  await database.pool.query(`delete from memory_space; delete from model_connection; delete from budget`);
  await server.close();
});

const connect = (more: Record<string, unknown> = {}) =>
  createConnection(
    scope,
    connectionFields.parse({ name: 'own', kind: 'compatible', baseUrl: server.url, embeddingModel: model, ...more }),
  );
const round = () => indexPending(database.pool, index, 10_000);
const search = (text: string) => recall(database.pool, index, { projectId: scope.projectId, text, limit: 3 });
const spent = async () => {
  const { rows } = await database.pool.query<{ calls: number; tokens: number; micros: string }>(
    `select count(*)::int as calls, coalesce(sum(input_tokens), 0)::int as tokens, coalesce(sum(cost_micros), 0)::text as micros from spend where run_id is null`,
  );
  return rows[0];
};

describe("a provider's model as the embedder of memory", () => {
  it('is asked in batches, paid by the project, asked once for each passage, and searched once the operator says so', async () => {
    const { id } = await connect();
    expect(await listEmbedderChoices(scope)).toContainEqual({
      to: `own:${model}`,
      title: `${model} at own`,
      paid: true,
    });
    const { name } = await migrateEmbedder(scope, 'own:');
    expect(name).toMatch(/^text-embedding-3-small-[0-9a-f]{8}$/);
    await round();
    expect(embeddings().map(({ body }) => (body.input as string[]).length)).toEqual([128, passages - 128]);
    expect(await embedderStatus(scope)).toMatchObject({ building: { name, complete: true }, problem: null });
    expect(await spent()).toEqual({ calls: 2, tokens: passages * tokensEach, micros: '25' });
    await switchEmbedder(scope);

    const found = await search('Tea number 3');
    expect(found).toMatchObject({ embedder: name, vectors: true });
    await search('Tea number 3');
    expect(embeddings()).toHaveLength(3);

    await rebuildIndex(database.pool, index, { projectId: scope.projectId });
    expect(embeddings()).toHaveLength(3);
    expect(await index.count(scope.projectId, name)).toBe(passages);

    const asked = { from: '2020-01-01', to: '2100-01-01' };
    for (const by of ['pipeline', 'run', 'step', 'label', 'version', 'node', 'model'] as const) {
      const report = await spendBy(scope, spendBySchema.parse({ ...asked, by }));
      expect(report.parts.reduce((sum, { micros }) => sum + micros, 0)).toBe(26);
      expect(report.totalMicros).toBe(26);
    }
    const [part] = (await spendBy(scope, spendBySchema.parse({ ...asked, by: 'pipeline' }))).parts;
    expect(part?.title).toBe('memory');
    await expect(removeConnection(scope, id)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('memory'),
    });
  });

  it('leaves no vector of what is forgotten', async () => {
    const { rows } = await database.pool.query<{ before: number }>('select count(*)::int as before from memory_vector');
    await database.pool.query(`delete from memory_item where text = 'Tea number 0'`);
    const after = await database.pool.query('select count(*)::int as after from memory_vector');
    expect(after.rows[0].after).toBe((rows[0]?.before ?? 0) - 1);
  });

  it('that refuses is told of with its code, and memory is searched by full text meanwhile', async () => {
    await database.pool.query('delete from memory_vector');
    await connect();
    await migrateEmbedder(scope, 'own:');
    server.script({ kind: 'status', status: 401, error: { message: 'bad key' } });
    await round();
    const status = await embedderStatus(scope);
    expect(status).toMatchObject({ building: { complete: false }, problem: { code: 'MODEL_REJECTED' } });
    await round();
    expect(await embedderStatus(scope)).toMatchObject({ building: { complete: true }, problem: null });
    await switchEmbedder(scope);
    server.script({ kind: 'status', status: 500, error: { message: 'oops' } });
    const found = await search('Tea number 7');
    expect(found.vectors).toBe(false);
    expect(found.hits.length).toBeGreaterThan(0);
  });

  it('never spends beyond a hard budget, and goes on once it is raised', async () => {
    await database.pool.query('delete from memory_vector; delete from spend');
    await connect();
    await database.pool.query(
      `insert into budget (id, project_id, kind, hard, limit_micros, time_zone, created_by) values (gen_random_uuid(), $1, 'project', true, 0, 'UTC', 'op')`,
      [scope.projectId],
    );
    await migrateEmbedder(scope, 'own:');
    await round();
    expect(await embedderStatus(scope)).toMatchObject({ problem: { code: 'BUDGET_EXCEEDED' } });
    expect(embeddings()).toHaveLength(0);
    await database.pool.query('update budget set limit_micros = 1000000');
    await round();
    expect(await embedderStatus(scope)).toMatchObject({ building: { complete: true }, problem: null });
    const { rows } = await database.pool.query(
      'select spent_micros::text as spent, reserved_micros::text as reserved from budget_period',
    );
    expect(rows).toEqual([{ spent: (await spent())?.micros, reserved: '0' }]);
  });

  it('takes from the quota of its connection', async () => {
    await database.pool.query('delete from memory_vector');
    await connect({ requestsPerMinute: 1 });
    await migrateEmbedder(scope, 'own:');
    await round();
    expect(embeddings()).toHaveLength(1);
    expect(await embedderStatus(scope)).toMatchObject({ problem: { code: 'MODEL_QUOTA' } });
  });
});
