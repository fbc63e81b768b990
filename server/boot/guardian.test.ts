import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChildSpec, createGuardian } from './guardian.ts';
import { restartDelayMs } from './keep-alive.ts';
import { startIdOf } from './lock.mjs';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guard-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A child that notes in `order` that it was asked to stop, and then obeys or not. */
function spec(name: string, { stopOrder = 1, obeys = true } = {}): ChildSpec {
  const note = `require('fs').appendFileSync('${folder}/order', '${name} ')`;
  const script = `process.on('SIGTERM', () => { ${note}; ${obeys ? 'process.exit(0)' : ''} }); setInterval(() => {}, 1e6);
    require('fs').writeFileSync('${folder}/${name}.up', '')`;
  const stop = [{ signal: 'SIGTERM', waitMs: obeys ? 3_000 : 200 } as const];
  const logFile = path.join(folder, `${name}.log`);
  return { name, command: process.execPath, args: ['-e', script], cwd: folder, env: {}, logFile, stop, stopOrder };
}

const isUp = (name: string) => expect.poll(() => fs.existsSync(`${folder}/${name}.up`), { timeout: 5_000 }).toBe(true);
const order = () => fs.readFileSync(`${folder}/order`, 'utf8').trim().split(' ');

describe('guardian', () => {
  it('stops its children in order, and the one that does not obey by force', async () => {
    const guardian = createGuardian(path.join(folder, 'guard.log'));
    const last = await guardian.start(spec('last', { stopOrder: 3 }));
    const deaf = await guardian.start(spec('deaf', { stopOrder: 2, obeys: false }));
    const first = await guardian.start(spec('first', { stopOrder: 1 }));
    await Promise.all([isUp('last'), isUp('deaf'), isUp('first')]);
    await guardian.stopAll();
    expect(order()).toEqual(['first', 'deaf', 'last']);
    expect(await deaf.ended).toMatchObject({ signal: 'SIGKILL' });
    for (const { pid } of [first, deaf, last, guardian.self]) expect(startIdOf(pid)).toBeNull();
  });

  it('tells how a child ended, and refuses what cannot be started', async () => {
    const guardian = createGuardian(path.join(folder, 'guard.log'));
    const child = await guardian.start({ ...spec('short'), args: ['-e', 'process.exit(7)'] });
    expect(await child.ended).toEqual({ code: 7, signal: null });
    await expect(guardian.start({ ...spec('none'), command: '/no/such/program' })).rejects.toThrow(/none could not be/);
    await guardian.stopAll();
  });

  it('ends the children when the supervisor is killed', async () => {
    const script = `import { createGuardian } from ${JSON.stringify(path.join(import.meta.dirname, 'guardian.ts'))};
      const guardian = createGuardian('${folder}/guard.log');
      const child = await guardian.start(${JSON.stringify(spec('orphan'))});
      console.log(JSON.stringify([guardian.self.pid, child.pid]));`;
    const supervisor = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 2] });
    const pids = JSON.parse(await firstLine(supervisor)) as number[];
    await isUp('orphan');
    supervisor.kill('SIGKILL');
    await expect.poll(() => pids.map(startIdOf), { timeout: 5_000 }).toEqual([null, null]);
    expect(order()).toEqual(['orphan']);
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return String(chunk).split('\n')[0] ?? '';
}

describe('restartDelayMs', () => {
  it('doubles up to half a minute', () => {
    expect([0, 1, 2, 3, 8, 50].map(restartDelayMs)).toEqual([250, 250, 500, 1_000, 30_000, 30_000]);
  });
});
