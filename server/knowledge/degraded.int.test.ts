import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChromaClient } from 'chromadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectionName, openVectorIndex } from '#server/memory/chroma.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import { addItems } from '#server/memory/items.ts';
import { rebuildIndex } from '#server/memory/rebuild-index.ts';
import { recall } from '#server/memory/recall.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';

let database: TestDatabase;
let run: TestRun;

beforeAll(async () => {
  database = await testDatabase();
  run = await testRun(database.pool);
  await addItems(
    database.pool,
    run.projectId,
    ['Chai for Alfreds', 'Chang for Berglunds'].map((text) => ({
      text,
      kind: 'order',
      tier: 'knowledge',
      untrusted: false,
    })),
  );
});
afterAll(async () => await database.close());

async function withServer<T>(answer: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('an index that', () => {
  it.each<[string, RequestListener]>([
    [
      'answers nonsense',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"broken'),
    ],
    ['answers that it is broken', (_, response) => response.writeHead(500).end('disk I/O error')],
    ['breaks off', (request) => request.destroy()],
    [
      'is another program',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
    ],
  ])('%s is done without: full text finds the same words, and says that it was alone', async (_, answer) => {
    await withServer(answer, async (url) => {
      const index = openVectorIndex(url);
      const { hits, vectors } = await recall(database.pool, index, {
        projectId: run.projectId,
        text: 'chai',
        limit: 5,
      });
      expect(vectors).toBe(false);
      expect(hits.map(({ text }) => text)).toEqual(['Chai for Alfreds']);
      expect(index.state()).toMatchObject({ ok: false });
      expect(await indexPending(database.pool, index, 100)).toMatchObject({ available: false });
    });
  });

  it('was damaged is done without, and whole again once it was built anew', async () => {
    const { hostname, port } = new URL(testChromaUrl());
    const client = new ChromaClient({ host: hostname, port: Number(port), ssl: false });
    const damaged = await client.createCollection({ name: collectionName(run.projectId), embeddingFunction: null });
    await damaged.add({ ids: ['x'], embeddings: [[1, 2, 3]], metadatas: [{ itemId: 'x' }] });
    const ask = (index: ReturnType<typeof openVectorIndex>) =>
      recall(database.pool, index, { projectId: run.projectId, text: 'chai', limit: 5 });
    expect((await ask(openVectorIndex(testChromaUrl()))).vectors).toBe(false);
    await rebuildIndex(database.pool, openVectorIndex(testChromaUrl()), { projectId: run.projectId });
    const { hits, vectors } = await ask(openVectorIndex(testChromaUrl()));
    expect(vectors).toBe(true);
    expect(hits[0]).toMatchObject({ text: 'Chai for Alfreds', vectorRank: 1, textRank: 1 });
  });
});
