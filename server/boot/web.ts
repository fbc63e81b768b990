import { setTimeout as sleep } from 'node:timers/promises';
import getPort, { portNumbers } from 'get-port';
import { nextProgram } from './build.ts';
import type { ChildSpec } from './guardian.ts';
import { logFileOf } from './home.ts';

/** The address to type into a browser for a server that listens on this host and port. */
export function urlFor(host: string, port: number): string {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

/** The wanted port, or the next free one. */
export function freePort(wanted: number, host: string): Promise<number> {
  if (wanted === 0) return getPort({ host });
  return getPort({ port: portNumbers(wanted, Math.min(65_535, wanted + 200)), host });
}

export type WebPlan = {
  root: string;
  home: string;
  host: string;
  port: number;
  dev: boolean;
  env: Record<string, string | undefined>;
};

export function webSpec({ root, home, host, port, dev, env }: WebPlan): ChildSpec {
  return {
    name: 'web',
    command: process.execPath,
    args: [nextProgram(root), dev ? 'dev' : 'start', '-H', host, '-p', String(port)],
    cwd: root,
    env: {
      ...env,
      HOST: host,
      PORT: String(port),
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    logFile: logFileOf(home, 'web'),
    // Browsers keep their live stream open for ever, so the server would wait for ever for them to finish.
    stop: [{ signal: 'SIGTERM', waitMs: 700 }],
    stopOrder: 1,
  };
}

/** Waits until the server answers, and, if asked for, is well. Rejects with what was wrong when `giveUp` comes first. */
export async function waitForWeb(url: string, { well, giveUp }: { well: boolean; giveUp: AbortSignal }): Promise<void> {
  for (let last = 'no answer'; ; ) {
    if (giveUp.aborted) throw new Error(`${(giveUp.reason as Error).message} (${url}/api/health: ${last})`);
    const answer = await fetch(`${url}/api/health`, { signal: giveUp }).catch((error: Error) => error);
    if (answer instanceof Error) last = (answer.cause as Error | undefined)?.message ?? answer.message;
    else if (answer.ok || !well) return;
    else last = `${answer.status} ${(await answer.text()).slice(0, 500)}`;
    await sleep(40);
  }
}
