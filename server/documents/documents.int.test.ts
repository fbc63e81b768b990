import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchSource } from '#server/adapters/http/fetch-source.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { provideEnv } from '#server/env.ts';
import { storeFile } from '#server/files/store-file.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { recall } from '#server/memory/recall.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { pdfOf } from '#server/testing/pdf.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { addSource } from './add-source.ts';
import { importDocuments } from './import-documents.ts';
import { listDocuments } from './list-documents.ts';
import { readDocuments } from './read-documents.ts';
import { refreshDocument } from './refresh-document.ts';
import { removeDocument } from './remove-document.ts';

let database: TestDatabase;
let scope: Scope;
let index: VectorIndex;
let web: Server;
let host: string;
const pages: Record<string, { status?: number; mime: string; body: string | Buffer }> = {};

beforeAll(async () => {
  provideEnv({ CHROMA_URL: testChromaUrl() });
  database = await testDatabase();
  const run = await testRun(database.pool);
  scope = scopeOf(run.projectId, 'op@example.test');
  index = openVectorIndex(testChromaUrl());
  web = createServer((request, response) => {
    const page = pages[request.url ?? ''] ?? { status: 404, mime: 'text/plain', body: 'no' };
    response.writeHead(page.status ?? 200, { 'content-type': page.mime }).end(page.body);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  await database.pool.query(`update project set settings = $2 where id = $1`, [
    scope.projectId,
    JSON.stringify({ allowedHosts: [host] }),
  ]);
});
afterAll(async () => {
  web.close();
  await database.close();
});

const hand = async (name: string, content: string | Buffer, mime = '') =>
  (await storeFile(scope, { name, mime, content: new Uint8Array(Buffer.from(content)) })).id;
const read = () =>
  readDocuments({
    ...{ db: database.pool, index, fetchSource, mayGoOn: () => true },
    signal: new AbortController().signal,
  });
const list = async () => (await listDocuments(scope, { limit: 50 })).items;
const named = async (name: string) => (await list()).find((row) => row.name === name);
const ask = async (text: string) =>
  (await recall(database.pool, index, { projectId: scope.projectId, text, limit: 3 })).hits;
const chunks = async (itemId: string) =>
  (
    await database.pool.query<{ id: string; text: string; whole: string; place: string | null; indexed: boolean }>(
      `select c.id, c.text, c.place, x.indexed_in is not null as indexed, substr(i.text, c.start_at + 1, c.end_at - c.start_at) as whole
         from memory_chunk c join memory_item i on i.id = c.item_id join memory_indexed x on x.chunk_id = c.id
        where c.item_id = $1 order by c.ord`,
      [itemId],
    )
  ).rows;

describe('several files are imported', () => {
  it('those that are documents are read and recalled by passage; each of the others says what is wrong with it', async () => {
    const files = {
      'prices.md': '# Prices\n\nChai costs eighteen.\n\n# Returns\n\nWithin thirty days, unopened.',
      'terms.pdf': pdfOf(['Delivery within four weeks', 'Jurisdiction of Berlin']),
      'customers.csv': 'name,city\nMaria Anders,Berlin\nAna Trujillo,Mexico\n',
      'about.html': '<h1>About</h1><p>We trade in Gudbrandsdalsost.</p>',
      'secret.pdf': pdfOf(['x'], { encrypted: true }),
      'lying.pdf': Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]),
      'broken.pdf': '%PDF-1.7 nothing',
    };
    const names = Object.keys(files);
    const fileIds = await Promise.all(Object.entries(files).map(([name, content]) => hand(name, content)));
    const imported = await importDocuments(scope, { fileIds });
    expect(imported.map((each) => (each.ok ? 'taken' : each.error.code))).toEqual(
      names.map((name) => (name === 'lying.pdf' ? 'FILE_TYPE_WRONG' : 'taken')),
    );
    expect((await read()).map(({ result }) => result).toSorted()).toEqual([
      'failed',
      'failed',
      'read',
      'read',
      'read',
      'read',
    ]);
    expect(await named('secret.pdf')).toMatchObject({ status: 'failed', failure: { code: 'FILE_ENCRYPTED' } });
    expect(await named('broken.pdf')).toMatchObject({ status: 'failed', failure: { code: 'FILE_UNREADABLE' } });
    expect(await named('terms.pdf')).toMatchObject({ status: 'read', format: 'pdf', passages: 2 });
    const [hit] = await ask('jurisdiction Berlin');
    expect(hit).toMatchObject({
      text: 'Jurisdiction of Berlin',
      kind: 'document',
      source: 'terms.pdf',
      untrusted: true,
    });
    expect(hit?.vectorRank).not.toBeNull();
    for (const { text, whole, indexed } of await chunks(hit?.itemId ?? ''))
      expect([whole, indexed]).toEqual([text, true]);
  });

  it('the same content again is the same document under one more name', async () => {
    const content = '# Prices\n\nChai costs eighteen.\n\n# Returns\n\nWithin thirty days, unopened.';
    const before = (await list()).length;
    const [again] = await importDocuments(scope, { fileIds: [await hand('prices copy.md', content)] });
    expect(again).toMatchObject({ ok: true, duplicate: true });
    await read();
    expect(await list()).toHaveLength(before);
    expect(await named('prices.md')).toMatchObject({ alsoNamed: ['prices copy.md'] });
  });

  it('a file of another project is not there', async () => {
    const other = scopeOf((await testRun(database.pool)).projectId, 'x');
    expect(await importDocuments(other, { fileIds: [await hand('mine.txt', 'mine')] })).toMatchObject([
      { ok: false, error: { code: 'FILE_NOT_FOUND' } },
    ]);
  });

  it('is forgotten with its passages and its file; one that could never be read too', async () => {
    const files = () => database.pool.query(`select name from stored_file where name in ('terms.pdf', 'broken.pdf')`);
    expect((await files()).rows).toHaveLength(2);
    for (const name of ['terms.pdf', 'broken.pdf'])
      expect(await removeDocument(scope, (await named(name))!.id)).toEqual({ index: true });
    expect(await named('terms.pdf')).toBeUndefined();
    expect((await ask('jurisdiction Berlin')).map(({ source }) => source)).not.toContain('terms.pdf');
    expect((await files()).rows).toEqual([]);
    await expect(removeDocument(scope, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('one whose reader ended each time is given up on', async () => {
    await importDocuments(scope, { fileIds: [await hand('killer.txt', 'kills')] });
    await database.pool.query(`update document set attempts = 3 where name = 'killer.txt'`);
    expect((await read())[0]?.result).toBe('failed');
    expect(await named('killer.txt')).toMatchObject({ failure: { code: 'FILE_UNREADABLE' } });
  });
});

describe('a source that changes', () => {
  const due = (url: string) => database.pool.query('update document set check_at = now() where url = $1', [url]);
  const section = (n: number, price: number) => `## Product ${n}\n\nThe price of product ${n} is ${price}.\n\n`;
  const catalogue = (prices: number[]) => `# Catalogue\n\n${prices.map((price, n) => section(n, price)).join('')}`;

  it('is fetched, and when it changed only the passages that did are cut anew', async () => {
    const url = `http://${host}/catalogue.md`;
    pages['/catalogue.md'] = { mime: 'text/markdown; charset=utf-8', body: catalogue([10, 20, 30, 40]) };
    await addSource(scope, { url, refreshHours: 1 });
    expect((await read()).map(({ result }) => result)).toEqual(['read']);
    const { itemId } = (await named(url))!;
    const first = await chunks(itemId!);
    expect(first).toHaveLength(5);

    await due(url);
    expect((await read()).map(({ result }) => result)).toEqual(['unchanged']);

    pages['/catalogue.md'] = { mime: 'text/markdown', body: catalogue([10, 2_000, 30]) };
    await due(url);
    expect((await read()).map(({ result }) => result)).toEqual(['read']);
    const second = await chunks(itemId!);
    const kept = second.filter(({ id }) => first.some((held) => held.id === id));
    expect([second.length, kept.length]).toEqual([4, 3]);
    expect((await named(url))?.lastChange).toEqual({ added: 1, kept: 3, removed: 2 });
    for (const { text, whole, indexed } of second) expect([whole, indexed]).toEqual([text, true]);
    expect((await ask('price of product 1'))[0]?.text).toContain('2000');
    expect(await index.count(scope.projectId)).toBe(
      (
        await database.pool.query('select count(*)::int as n from memory_chunk where project_id = $1', [
          scope.projectId,
        ])
      ).rows[0].n,
    );
  });

  it('that fails for once says so, keeps what was read, and is looked at again', async () => {
    const url = `http://${host}/catalogue.md`;
    pages['/catalogue.md'] = { status: 500, mime: 'text/plain', body: 'down' };
    await due(url);
    await read();
    expect(await named(url)).toMatchObject({ status: 'failed', failure: { code: 'HTTP_STATUS' }, passages: 4 });
    pages['/catalogue.md'] = { mime: 'text/markdown', body: catalogue([1]) };
    await refreshDocument(scope, (await named(url))!.id);
    await read();
    expect(await named(url)).toMatchObject({ status: 'read', failure: null, passages: 2 });
  });

  it('may be a PDF; one that is too large or is not public is refused', async () => {
    pages['/terms'] = { mime: 'application/pdf', body: pdfOf(['Fetched terms']) };
    pages['/huge.txt'] = { mime: 'text/plain', body: Buffer.alloc(26 * 1024 * 1024, 'x') };
    const urls = [`http://${host}/terms`, `http://${host}/huge.txt`, 'http://127.0.0.1:9/x'];
    for (const url of urls) await addSource(scope, { url, refreshHours: 1 });
    await read();
    expect(await Promise.all(urls.map(async (url) => (await named(url))?.failure?.code))).toEqual([
      undefined,
      'TOO_LARGE',
      'HTTP_BLOCKED',
    ]);
  });
});
