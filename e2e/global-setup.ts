import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startStack } from '#server/boot/stack.ts';
import { envNames } from '#server/env.ts';

/**
 * Starts the whole product in a home of its own, without a key or a mail server, on free ports. The specs find it as
 * `baseURL`, E2E_DATABASE_URL and E2E_HOME. Answers how to stop it; E2E_KEEP_HOME=1 leaves its data and logs.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-e2e-'));
  fs.chmodSync(home, 0o711);
  const forget = () => {
    if (!process.env.E2E_KEEP_HOME) fs.rmSync(home, { recursive: true, force: true });
  };
  try {
    const stack = await startStack({
      home,
      web: true,
      worker: true,
      port: 0,
      env: ownEnv(),
      label: 'end-to-end tests',
    });
    process.env.E2E_BASE_URL = stack.url ?? '';
    process.env.E2E_DATABASE_URL = stack.databaseUrl;
    process.env.E2E_HOME = home;
    return async () => {
      await stack.stop();
      forget();
    };
  } catch (error) {
    forget();
    throw error;
  }
}

/** Without what leads to the operator's own data, models or mail server, and without what Playwright adds for itself. */
function ownEnv(): Record<string, string | undefined> {
  const unset = Object.fromEntries([...envNames, 'NODE_OPTIONS'].map((name) => [name, undefined]));
  return { ...unset, SOLOGRAPH_ROOT: path.resolve(import.meta.dirname, '..') };
}
