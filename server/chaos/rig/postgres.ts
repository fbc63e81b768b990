import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createGuardian } from '#server/boot/guardian.ts';
import { logFileOf, prepareHome, writePrivate } from '#server/boot/home.ts';
import { thisProcess } from '#server/boot/lock.mjs';
import { planPostgres, postgresSpec, postgresUrl, waitForPostgres } from '#server/boot/postgres.ts';

/** A durable Postgres of its own, which may lose its power. */
export type Cluster = {
  url: string;
  port: number;
  /** Stops as a power cut would (immediate shutdown: nothing is written any more) and starts again on the same data. */
  crash: (downMs: number) => Promise<void>;
  close: () => Promise<void>;
};

const startMs = 60_000;

/** Makes and starts a durable cluster in a folder of the system that is removed at the end. It ends with this process, too. */
export async function openCluster(): Promise<Cluster> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-scratch-'));
  writePrivate(path.join(home, 'owner.json'), JSON.stringify(thisProcess()));
  // As root, Postgres runs as another user, who has to pass through.
  fs.chmodSync(home, 0o711);
  prepareHome(home);
  const guardian = createGuardian(logFileOf(home, 'guard'));
  const plan = await planPostgres(home, { durable: true });
  const start = async (): Promise<void> => {
    await guardian.start({ ...postgresSpec(plan), stop: [{ signal: 'SIGQUIT', waitMs: 5_000 }] });
    await waitForPostgres(plan, AbortSignal.timeout(startMs));
  };
  await start();
  return {
    url: postgresUrl(plan),
    port: plan.port,
    async crash(downMs) {
      await guardian.stop('postgres');
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await start();
    },
    async close() {
      await guardian.stopAll();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}
