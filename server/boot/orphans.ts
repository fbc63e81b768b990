import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from './home.ts';
import { isAlive, type RecordedProcess } from './lock.mjs';

const patienceMs = 8_000;

/**
 * Waits for the children of an instance that was killed: its guard stops them by itself. Where the guard was killed
 * too, they are asked to end here. Only processes that the record names, by pid and start time, are ever touched.
 */
export async function finishOff(left: Instance, say: (text: string) => void): Promise<void> {
  const { guard, children } = left;
  const guarded = () => guard !== null && isAlive(guard);
  const living = () => [...(guard ? [guard] : []), ...children].filter(isAlive);
  if (living().length === 0) return;
  say('The last instance was killed; waiting for its processes to end');
  const until = Date.now() + patienceMs;
  for (let asked = false; living().length > 0 && Date.now() < until; await sleep(50)) {
    if (asked || guarded()) continue;
    asked = true;
    for (const child of living()) send(child, isPostgres(child) ? 'SIGINT' : 'SIGTERM');
  }
  for (const child of living()) send(child, 'SIGKILL');
  while (living().length > 0) await sleep(50);
}

const isPostgres = (child: RecordedProcess) => 'name' in child && child.name === 'postgres';

function send(target: RecordedProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(target.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
