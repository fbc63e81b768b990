import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, startIdOf, thisProcess, tryLock, waitForLock } from './lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (holder: object) => fs.writeFileSync(file, JSON.stringify({ label: 'old', ...holder }));

describe('lock', () => {
  it('is held by one at a time and given back', () => {
    const first = tryLock(file, 'first');
    expect(first.held).toBe(true);
    expect(tryLock(file, 'second')).toMatchObject({ held: false, holder: { label: 'first', pid: process.pid } });
    if (first.held) first.release();
    expect(tryLock(file, 'third').held).toBe(true);
  });

  it('is taken over from a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    await once(child, 'spawn');
    write({ pid: child.pid, startId: startIdOf(child.pid as number) });
    expect(tryLock(file, 'new')).toMatchObject({ held: false, holder: { pid: child.pid } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(tryLock(file, 'new').held).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
  });

  it('is taken over when its pid belongs to another process by now', () => {
    write({ pid: process.pid, startId: 'the boot before:1' });
    expect(tryLock(file, 'new').held).toBe(true);
  });

  it('is taken over when its content is torn', () => {
    fs.writeFileSync(file, '{"pid": 12');
    expect(tryLock(file, 'new').held).toBe(true);
  });

  it('is waited for, and the waiting is told once', async () => {
    const first = tryLock(file, 'first');
    const told: string[] = [];
    const waiting = waitForLock(file, 'second', (holder) => told.push(holder.label));
    setTimeout(() => first.held && first.release(), 300);
    (await waiting)();
    expect(told).toEqual(['first']);
    expect(fs.existsSync(file)).toBe(false);
  });

  it('does not give back what another one took over', () => {
    const first = tryLock(file, 'first');
    write({ ...thisProcess() });
    if (first.held) first.release();
    expect(fs.existsSync(file)).toBe(true);
  });
});

describe('isAlive', () => {
  it('tells this process from a made up one', () => {
    expect(isAlive(thisProcess())).toBe(true);
    expect(isAlive({ pid: 4_000_000, startId: 'x' })).toBe(false);
    expect(isAlive({ pid: -1, startId: '' })).toBe(false);
  });
});
