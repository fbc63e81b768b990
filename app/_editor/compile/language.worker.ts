import { createDeltaReceiver } from './graph-delta.ts';
import { language } from './language.ts';
import type { LanguageAnswer, LanguageRequest } from './protocol.ts';

/** The language in a worker: an edit is compiled without a frame being lost. */
const scope = globalThis as unknown as {
  addEventListener(kind: 'message', listener: (event: MessageEvent<LanguageRequest>) => void): void;
  postMessage(answer: LanguageAnswer): void;
};

const receive = createDeltaReceiver();

scope.addEventListener('message', async ({ data: { id, method, delta, args } }) => {
  const graph = receive(delta);
  try {
    const call = language[method] as (...args: unknown[]) => Promise<unknown>;
    scope.postMessage({ id, result: await call(graph, ...args) });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
