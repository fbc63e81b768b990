// Plain JavaScript: the bootstrap runs this before anything is installed. Types are in lock.d.mts.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What tells this process from a later one with the same pid: the kernel's start time. Null: no such process (a zombie
 * counts as gone, since nobody may ever reap it).
 */
export function startIdOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') return linuxStartId(pid);
  if (process.platform === 'win32') return answersSignal(pid) ? 'alive' : null;
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const line = (stdout ?? '').trim();
  return status === 0 && line && !line.startsWith('Z') ? line.replace(/^\S+\s+/, '') : null;
}

function linuxStartId(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The command name is in parentheses and may hold spaces; the fields after it may not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return `${(readIfThere('/proc/sys/kernel/random/boot_id') ?? '').trim()}:${fields[19]}`;
}

function answersSignal(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}

/** Whether the recorded process is still the one that runs under its pid. */
export function isAlive(recorded) {
  const startId = startIdOf(recorded.pid);
  return startId !== null && startId === recorded.startId;
}

/** Pid and start time of this process, to be recorded. */
export function thisProcess() {
  return { pid: process.pid, startId: startIdOf(process.pid) ?? '' };
}

/** Takes the lock, or says who holds it. A lock whose holder is gone is taken over at once. */
export function tryLock(file, label) {
  const mine = JSON.stringify({ ...thisProcess(), label, token: randomUUID() });
  for (let attempt = 0; attempt < 50; attempt++) {
    if (createWhole(file, mine)) return { held: true, release: () => removeIfSame(file, mine) };
    const text = readIfThere(file);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && isAlive(holder)) return { held: false, holder };
    setAside(file, text);
  }
  throw new Error(`The lock ${file} changes hands too fast to be taken.`);
}

/** Waits for the lock. `onWait` is told once who holds it. */
export async function waitForLock(file, label, onWait) {
  for (let first = true; ; first = false) {
    const lock = tryLock(file, label);
    if (lock.held) return lock.release;
    if (first) onWait(lock.holder);
    await sleep(200);
  }
}

function parseHolder(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // torn by a full disk or a hand: nobody's lock
  }
}

// A link appears with its whole content or not at all, so nobody reads a half-written lock.
function createWhole(file, text) {
  const whole = `${file}.${process.pid}.${randomUUID()}`;
  fs.writeFileSync(whole, text, { mode: 0o600 });
  try {
    fs.linkSync(whole, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.unlinkSync(whole);
  }
}

function setAside(file, staleText) {
  const aside = `${file}.${process.pid}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  // Another starter may have replaced the stale lock in between; then this is theirs, and goes back.
  if (fs.readFileSync(aside, 'utf8') !== staleText) fs.linkSync(aside, file);
  fs.unlinkSync(aside);
}

function removeIfSame(file, text) {
  if (readIfThere(file) === text) fs.rmSync(file, { force: true });
}
