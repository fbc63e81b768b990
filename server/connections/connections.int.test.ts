import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NodeError } from '#nodes/core/errors.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { type ModelSource, modelSource } from '#server/models/model-source.ts';
import { syncPrices } from '#server/models/prices.ts';
import { rehearsalProvider } from '#server/models/rehearsal/rehearsal-provider.ts';
import { usualClass } from '#server/models/task-class.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { keyRing } from '#server/secrets/key-ring.ts';
import { rotateSecrets } from '#server/secrets/rotate-secrets.ts';
import { resolveTaskClasses } from '#server/task-classes/resolve-task-classes.ts';
import { setTaskClass } from '#server/task-classes/set-task-class.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { createConnection } from './create-connection.ts';
import { listConnections } from './list-connections.ts';
import { removeConnection } from './remove-connection.ts';
import { testConnection } from './test-connection.ts';
import { connectionFields } from './types.ts';
import { updateConnection } from './update-connection.ts';

let database: TestDatabase;
let scope: Scope;
let server: ModelServer;
/** Where nothing listens. */
let closed: string;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'keys-'));
const key = 'sk-very-secret-key-9876';

beforeAll(async () => {
  process.env.SOLOGRAPH_HOME = home;
  database = await testDatabase();
  await syncPrices(database.pool);
  scope = scopeOf((await ensureFirstProject()).id, 'test');
  server = await modelServer();
  const gone = await modelServer();
  closed = gone.url;
  await gone.close();
});
afterAll(async () => {
  await server.close();
  await database.close();
  fs.rmSync(home, { recursive: true });
});
beforeEach(async () => {
  await database.pool.query('delete from model_connection');
});

const fieldsOf = (more: Record<string, unknown> = {}) =>
  connectionFields.parse({ name: 'own', kind: 'compatible', baseUrl: server.url, model: 'm-1', key, ...more });
const source = (): ModelSource =>
  modelSource(database.pool, rehearsalProvider(), () => keyRing({ SOLOGRAPH_HOME: home }));
const ask = async (name: string, by = source()) => {
  const { provider, model } = await by.choose(scope.projectId, name, 'text');
  return await provider.generate({
    messages: [{ role: 'user', content: 'Hello' }],
    model,
    signal: new AbortController().signal,
  });
};

describe('a key', () => {
  it('is stored sealed, shown by its last four characters, and told to nobody', async () => {
    await createConnection(scope, fieldsOf());
    expect(JSON.stringify(await listConnections(scope))).not.toContain('secret');
    expect(await listConnections(scope)).toMatchObject([{ name: 'environment' }, { name: 'own', key: '…9876' }]);
    for (const table of ['model_connection', 'audit_entry']) {
      const { rows } = await database.pool.query(
        `select x::text as text, encode(convert_to(x::text, 'UTF8'), 'escape') as raw from ${table} x`,
      );
      expect(JSON.stringify(rows)).not.toContain('very-secret');
      expect(JSON.stringify(rows)).not.toContain(Buffer.from('very-secret').toString('hex'));
    }
    expect(fs.statSync(path.join(home, 'keys')).mode & 0o777).toBe(0o600);
  });

  it('reaches the server, and stays where it is when other things change', async () => {
    const { id } = await createConnection(scope, fieldsOf());
    await updateConnection(scope, id, fieldsOf({ key: undefined, model: 'm-2' }));
    await ask('own:');
    expect(server.calls.at(-1)).toMatchObject({ authorization: `Bearer ${key}`, body: { model: 'm-2' } });
  });

  it('is not sent to another server because somebody changed the URL', async () => {
    const { id } = await createConnection(scope, fieldsOf());
    const moved = fieldsOf({ key: undefined, baseUrl: closed });
    await expect(updateConnection(scope, id, moved)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await testConnection(scope, { id, fields: moved })).toMatchObject({ ok: false, problem: 'refused' });
  });

  it('that is sealed for one connection does not open for another', async () => {
    const { id } = await createConnection(scope, fieldsOf());
    await createConnection(scope, fieldsOf({ name: 'other', key: 'another-key-5555' }));
    await database.pool.query(
      `update model_connection set (key_sealed, key_id) = (select key_sealed, key_id from model_connection where id = $1) where name = 'other'`,
      [id],
    );
    await expect(ask('other:')).rejects.toMatchObject({ code: 'NOT_CONFIGURED' });
  });

  it('is sealed anew by a rotation; the old key of the installation opens nothing any more', async () => {
    await createConnection(scope, fieldsOf());
    const [before] = keyRing({ SOLOGRAPH_HOME: home });
    const { sealed, keyId } = await rotateSecrets(database.pool, { SOLOGRAPH_HOME: home });
    expect([sealed, keyRing({ SOLOGRAPH_HOME: home }).map(({ id }) => id)]).toEqual([1, [keyId]]);
    await ask('own:');
    expect(server.calls.at(-1)?.authorization).toBe(`Bearer ${key}`);
    const old = modelSource(database.pool, rehearsalProvider(), () => [before]);
    const failure: unknown = await ask('own:', old).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NodeError);
    expect(failure).toMatchObject({ code: 'NOT_CONFIGURED', message: expect.stringContaining('Connection "own"') });
  });

  it('of the environment is rotated by giving both keys', async () => {
    const [one, two] = ['a'.repeat(64), 'b'.repeat(64)];
    await expect(rotateSecrets(database.pool, { SOLOGRAPH_HOME: home, SOLOGRAPH_KEY: one })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    const both = { SOLOGRAPH_HOME: home, SOLOGRAPH_KEY: `${two},${one}` };
    expect((await rotateSecrets(database.pool, both)).keyId).toBe(keyRing(both)[0].id);
  });
});

describe('a model is named', () => {
  it('by its connection, or is one of the default connection', async () => {
    const choose = async (name: string) => {
      const { provider, model } = await source().choose(scope.projectId, name, 'text');
      return [provider.rehearsal ? 'rehearsal' : provider.name, model];
    };
    expect(await choose('')).toEqual(['rehearsal', 'rehearsal-1']);
    await createConnection(scope, fieldsOf({ isDefault: true }));
    const host = new URL(server.url).host;
    expect(await choose('')).toEqual([host, 'm-1']);
    expect(await choose('llama3:8b')).toEqual([host, 'llama3:8b']);
    expect(await choose('own:llama3:8b')).toEqual([host, 'llama3:8b']);
    expect(await choose('environment:')).toEqual(['rehearsal', 'rehearsal-1']);
  });

  it('and there is one default, and one connection of a name', async () => {
    await createConnection(scope, fieldsOf({ isDefault: true }));
    const { id } = await createConnection(scope, fieldsOf({ name: 'two', isDefault: true }));
    expect((await listConnections(scope)).filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual([
      'two',
    ]);
    await expect(createConnection(scope, fieldsOf({ name: 'two' }))).rejects.toMatchObject({ code: 'CONFLICT' });
    await removeConnection(scope, id);
    expect((await listConnections(scope)).map(({ name }) => name)).toEqual(['environment', 'own']);
  });
});

describe('a connection that something names', () => {
  it('is neither removed nor renamed, and says what names it', async () => {
    const fields = fieldsOf({ name: 'named' });
    const { id } = await createConnection(scope, fields);
    await createPipeline(scope, {
      name: 'Letters',
      graph: graph('Letters', [node('write', 'llm.generate', { model: 'named:m-1' }, { prompt: '"x"' })], []),
    });
    await setTaskClass(scope, { name: 'batch', settings: { ...usualClass, model: 'm-1', fallbacks: ['named:m-2'] } });
    const row = (await listConnections(scope)).find(({ name }) => name === 'named');
    expect(row?.usedBy).toEqual([
      { kind: 'class', name: 'batch' },
      { kind: 'pipeline', name: 'Letters' },
    ]);
    const why = expect.stringContaining('the kind of work batch, the pipeline “Letters”');
    await expect(removeConnection(scope, id)).rejects.toMatchObject({ code: 'CONFLICT', message: why });
    await expect(updateConnection(scope, id, { ...fields, name: 'renamed' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: why,
    });
    await setTaskClass(scope, { name: 'batch', settings: usualClass });
    await database.pool.query('delete from pipeline');
    await removeConnection(scope, id);
  });
});

describe('kinds of work', () => {
  it('tell whom they ask and for how much: a price that nobody knows is no price of nothing', async () => {
    await createConnection(scope, fieldsOf({ name: 'own', model: 'gpt-4.1-mini' }));
    await setTaskClass(scope, {
      name: 'interactive',
      settings: { ...usualClass, model: 'own:', fallbacks: ['own:m-9', 'environment:'] },
    });
    const { interactive, standard } = await resolveTaskClasses(scope);
    expect(interactive).toMatchObject([
      { ok: true, model: 'gpt-4.1-mini', price: { inputMicros: 400_000, outputMicros: 1_600_000, batchPermille: 500 } },
      { ok: true, model: 'm-9', price: null },
      { ok: true, rehearsal: true, price: { inputMicros: 0, outputMicros: 0 } },
    ]);
    expect(standard).toMatchObject([{ ok: true, rehearsal: true }]);
    await setTaskClass(scope, { name: 'interactive', settings: usualClass });
  });
});

describe('testing a connection', () => {
  const tried = (more: Record<string, unknown> = {}) => testConnection(scope, { id: null, fields: fieldsOf(more) });
  const status = (code: number, error: Record<string, string> = { message: 'no' }) =>
    server.script({ kind: 'status', status: code, error });

  it('tells which models the server has', async () => {
    expect(await tried()).toMatchObject({ ok: true, models: ['m-1', 'm-2'] });
  });

  it('says that there is no such model', async () => {
    expect(await tried({ model: 'gpt-9' })).toMatchObject({ ok: false, problem: 'model', models: ['m-1', 'm-2'] });
  });

  it.each([
    [401, { message: 'bad key' }, 'key'],
    [403, { message: 'no' }, 'key'],
    [404, { message: 'no' }, 'protocol'],
    [429, { message: 'quota', code: 'insufficient_quota' }, 'credit'],
    [429, { message: 'slow' }, 'limit'],
    [500, { message: 'oops' }, 'server'],
  ])('says what status %i with %o means', async (code, error, problem) => {
    status(code, error as Record<string, string>);
    const found = await tried();
    expect(found).toMatchObject({ ok: false, problem });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('tells a wrong name from a closed port', async () => {
    expect(await tried({ baseUrl: 'http://no-such-host.invalid/v1' })).toMatchObject({ problem: 'address' });
    expect(await tried({ baseUrl: closed })).toMatchObject({ problem: 'refused' });
    expect(await tried({ baseUrl: server.url.replace('http:', 'https:') })).toMatchObject({ problem: 'secure' });
  });

  it('charges nothing', async () => {
    const before = server.paid.size;
    await tried();
    expect(server.paid.size).toBe(before);
  });
});
