import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { planChroma, waitForChroma } from './chroma.ts';
import { createGuardian } from './guardian.ts';
import { logFileOf, prepareHome, writePrivate } from './home.ts';
import { isAlive, type RecordedProcess, thisProcess } from './lock.mjs';
import { planPostgres, postgresSpec, postgresUrl, waitForPostgres } from './postgres.ts';

/** Servers with data that is thrown away: for tests, and to try migrations. */
export type Scratch = {
  /** Starts a Postgres that is fast and forgets, and answers the address of its empty database. */
  postgres(): Promise<string>;
  /** Starts a Chroma and answers its address. */
  chroma(): Promise<string>;
  /** Stops what was started and removes its data. */
  close(): Promise<void>;
};

const startMs = 60_000;
const prefix = 'solograph-scratch-';

/** Prepares a folder under the system's temporary folder for scratch servers. They end with this process, too. */
export function openScratch(): Scratch {
  removeAbandoned();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  writePrivate(path.join(home, 'owner.json'), JSON.stringify(thisProcess()));
  // As root, Postgres runs as another user, who has to pass through.
  fs.chmodSync(home, 0o711);
  prepareHome(home);
  const guardian = createGuardian(logFileOf(home, 'guard'));
  return {
    postgres: async () => {
      const plan = await planPostgres(home, { durable: false });
      await guardian.start(postgresSpec(plan));
      await waitForPostgres(plan, AbortSignal.timeout(startMs));
      return postgresUrl(plan);
    },
    chroma: async () => {
      const { spec, url } = await planChroma(home);
      await guardian.start(spec);
      await waitForChroma(url, AbortSignal.timeout(startMs));
      return url;
    },
    close: async () => {
      await guardian.stopAll();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

// Of owners that were killed, or interrupted as vitest ends on Ctrl-C: nobody closed what they had opened.
function removeAbandoned(): void {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const ownerFile = path.join(os.tmpdir(), name, 'owner.json');
    if (!fs.existsSync(ownerFile)) continue;
    const owner = JSON.parse(fs.readFileSync(ownerFile, 'utf8')) as RecordedProcess;
    if (!isAlive(owner)) fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}
