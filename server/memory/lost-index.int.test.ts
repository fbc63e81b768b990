import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChromaPlan, planChroma, waitForChroma } from '#server/boot/chroma.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { openVectorIndex } from './chroma.ts';
import { indexPending } from './index-pending.ts';
import { addItems } from './items.ts';
import { rebuildIndex } from './rebuild-index.ts';
import { recall } from './recall.ts';

let database: TestDatabase;
let home: string;
let plan: ChromaPlan;
let chroma: ChildProcess;

async function startChroma(): Promise<void> {
  const { command, args, cwd, env } = plan.spec;
  chroma = spawn(command, args, { cwd, env: env as NodeJS.ProcessEnv, stdio: 'ignore' });
  await waitForChroma(plan.url, AbortSignal.timeout(30_000));
}

async function killChroma(): Promise<void> {
  chroma.kill('SIGKILL');
  await once(chroma, 'exit');
}

beforeAll(async () => {
  database = await testDatabase();
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'lost-index-'));
  plan = await planChroma(home);
  await startChroma();
});
afterAll(async () => {
  await killChroma();
  fs.rmSync(home, { recursive: true });
  await database.close();
});

test("recall goes on by full text and says so when Chroma's folder was removed; built again from Postgres it finds the same", async () => {
  const db = database.pool;
  const index = openVectorIndex(plan.url);
  const { projectId } = await testRun(db);
  const texts = Array.from(
    { length: 60 },
    (_, week) => `Week ${week}: ${week % 3 ? 'deliveries of Chai' : 'letters'} to Lyon`,
  );
  await addItems(
    db,
    projectId,
    texts.map((text) => ({ text, kind: 'note', tier: 'knowledge', untrusted: false })),
  );
  await indexPending(db, index, 1_000);
  const ask = () => recall(db, index, { projectId, text: 'which delivery went to Lyon', limit: 5 });
  const before = await ask();
  expect(before).toMatchObject({ vectors: true, hits: { length: 5 } });

  await killChroma();
  fs.rmSync(path.join(home, 'chroma'), { recursive: true });
  await startChroma();
  const meanwhile = await ask();
  expect(meanwhile.vectors).toBe(false);
  expect(meanwhile.hits.map(({ vectorRank }) => vectorRank)).toEqual(Array(5).fill(null));

  await rebuildIndex(db, index, { projectId });
  expect(await ask()).toEqual(before);
}, 60_000);
