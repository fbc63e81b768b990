import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { planChroma, waitForChroma } from './chroma.ts';
import { createGuardian } from './guardian.ts';
import { logFileOf, prepareHome } from './home.ts';
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

/** Prepares a folder under the system's temporary folder for scratch servers. They end with this process, too. */
export function openScratch(): Scratch {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-scratch-'));
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
