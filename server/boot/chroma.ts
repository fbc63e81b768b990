import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import type { ChildSpec } from './guardian.ts';
import { logFileOf } from './home.ts';

export type ChromaPlan = { spec: ChildSpec; url: string };

/** How to start the embedded Chroma of a home: on loopback (it has no authentication), without telemetry. */
export async function planChroma(home: string): Promise<ChromaPlan> {
  const port = await getPort({ host: '127.0.0.1' });
  const script = path.join(path.dirname(createRequire(import.meta.url).resolve('chromadb')), '..', 'cli.mjs');
  const spec: ChildSpec = {
    name: 'chroma',
    command: process.execPath,
    args: [script, 'run', '--path', path.join(home, 'chroma'), '--host', '127.0.0.1', '--port', String(port)],
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      ANONYMIZED_TELEMETRY: 'False',
      OTEL_SDK_DISABLED: 'true',
      NO_COLOR: '1',
    },
    logFile: logFileOf(home, 'chroma'),
    stop: [
      { signal: 'SIGINT', waitMs: 500 },
      { signal: 'SIGTERM', waitMs: 300 },
    ],
    stopOrder: 3,
  };
  return { spec, url: `http://127.0.0.1:${port}` };
}

/** Waits until Chroma answers and returns its version. */
export async function waitForChroma(url: string, giveUp: AbortSignal): Promise<string> {
  for (;;) {
    giveUp.throwIfAborted();
    const answer = await fetch(`${url}/api/v2/version`, { signal: giveUp }).catch(() => null); // not listening yet
    if (answer?.ok) return String(await answer.json());
    await sleep(30, undefined, { signal: giveUp });
  }
}
