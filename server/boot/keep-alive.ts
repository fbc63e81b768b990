import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type ChildSpec, endingText, type Guardian } from './guardian.ts';

const firstDelayMs = 250;
const longestDelayMs = 30_000;
const healthyAfterMs = 60_000;

/** How long to wait before the next start, after this many starts that did not last. */
export function restartDelayMs(failures: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.max(0, failures - 1));
}

export type KeepAlive = {
  guardian: Guardian;
  spec: ChildSpec;
  say: (text: string) => void;
  /** Told of every new process, so that it can be recorded. */
  onStart: (child: Child) => void;
};

/** Starts a crashed child again, later each time it does not last. Returns how to give up on it. */
export function keepAlive({ guardian, spec, say, onStart }: KeepAlive, first: Child): () => void {
  const givenUp = new AbortController();
  const watch = async () => {
    let child = first;
    let failures = 0;
    while (!givenUp.signal.aborted) {
      const startedAt = Date.now();
      const ending = await child.ended;
      if (givenUp.signal.aborted || guardian.isLost()) return;
      failures = Date.now() - startedAt > healthyAfterMs ? 1 : failures + 1;
      const delayMs = restartDelayMs(failures);
      say(`${spec.name} ended (${endingText(ending)}); starting it again in ${delayMs} ms, see ${spec.logFile}`);
      await sleep(delayMs, undefined, { signal: givenUp.signal });
      child = await guardian.start(spec);
      onStart(child);
    }
  };
  watch().catch((error: Error) => {
    if (!givenUp.signal.aborted) say(`${spec.name} is down: ${error.message}`);
  });
  return () => givenUp.abort();
}
