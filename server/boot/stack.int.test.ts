import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from './home.ts';
import { startIdOf } from './lock.mjs';
import { ensureDatabase, readInstance } from './stack.ts';

let home: string;
const env = { DATABASE_URL: undefined, CHROMA_URL: undefined };
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'home-'));
  fs.chmodSync(home, 0o755); // as root Postgres runs as another user, who has to walk in
});
afterEach(() => fs.rmSync(home, { recursive: true }));

async function query(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that holds the home. */
async function holder() {
  const script = `import { ensureDatabase } from ${JSON.stringify(path.join(import.meta.dirname, 'stack.ts'))};
    await ensureDatabase({ home: ${JSON.stringify(home)}, env: { DATABASE_URL: undefined, CHROMA_URL: undefined }, label: 'holder' });
    console.log('up');`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('ensureDatabase', () => {
  it('serves all callers of a process from one Postgres, and keeps the data when the last one stops', async () => {
    const [a, b] = await Promise.all([ensureDatabase({ home, env }), ensureDatabase({ home, env })]);
    expect(a.databaseUrl).toBe(b.databaseUrl);
    await query(a.databaseUrl, 'create table kept as select 42 as answer');
    await a.stop();
    expect(await query(b.databaseUrl, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await b.stop();
    expect(readInstance(home)).toBeNull();
    const again = await ensureDatabase({ home, env });
    expect(await query(again.databaseUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await again.stop();
  });

  it('keeps the password and the addresses to the owner of the home', async () => {
    const { stop } = await ensureDatabase({ home, env });
    for (const name of ['instance.json', 'postgres.password', 'secret'])
      expect(fs.statSync(path.join(home, name)).mode & 0o777).toBe(0o600);
    await stop();
  });

  it('starts at once after the process that held the home was killed', async () => {
    const killed = await holder();
    const left = readRecord(home);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const { databaseUrl, stop } = await ensureDatabase({ home, env });
    expect(await query(databaseUrl, 'select count(*)::int as n from _prisma_migrations')).not.toEqual([{ n: 0 }]);
    await stop();
    expect(left?.children.map(({ name, pid }) => [name, startIdOf(pid)])).toEqual([['postgres', null]]);
  });

  it('starts at once when the guard was killed as well', async () => {
    const killed = await holder();
    const guard = readRecord(home)?.guard?.pid ?? 0;
    killed.kill('SIGSTOP'); // so that it cannot clean up after the guard
    process.kill(guard, 'SIGKILL');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const { databaseUrl, stop } = await ensureDatabase({ home, env });
    expect(await query(databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stop();
  });
});
