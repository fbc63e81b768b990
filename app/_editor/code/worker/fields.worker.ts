import { fields } from './fields.ts';
import type { FieldAnswer, FieldQuestion } from './protocol.ts';

/** The fields' questions in a worker: what is typed appears without waiting for them. */
const scope = globalThis as unknown as {
  addEventListener(kind: 'message', listener: (event: MessageEvent<FieldQuestion>) => void): void;
  postMessage(answer: FieldAnswer): void;
};

scope.addEventListener('message', async ({ data: { id, method, args } }) => {
  try {
    const call = fields[method] as (...args: unknown[]) => Promise<unknown>;
    scope.postMessage({ id, result: await call(...args) });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
