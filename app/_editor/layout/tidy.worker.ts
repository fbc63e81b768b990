import { type TidyInput, type TidyResult, tidyLayout } from './tidy.ts';

export type TidyRequest = { id: number; input: TidyInput };
export type TidyAnswer = { id: number; result: TidyResult } | { id: number; error: string };

/** The layout in a worker: a thousand cards are placed without a frame being lost. */
const scope = globalThis as unknown as {
  addEventListener(kind: 'message', listener: (event: MessageEvent<TidyRequest>) => void): void;
  postMessage(answer: TidyAnswer): void;
};

scope.addEventListener('message', ({ data: { id, input } }) => {
  try {
    scope.postMessage({ id, result: tidyLayout(input) });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
