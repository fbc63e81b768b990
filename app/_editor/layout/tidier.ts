import type { TidyInput, TidyResult } from './tidy.ts';
import type { TidyAnswer, TidyRequest } from './tidy.worker.ts';

/** What of a Worker is needed; so a test can stand in for one. */
export type TidyWorker = {
  postMessage(request: TidyRequest): void;
  terminate(): void;
  onmessage: ((event: { data: TidyAnswer }) => void) | null;
  onerror: ((event: unknown) => void) | null;
};

/** Lays drawings out beside the page; on it only where workers cannot be started. */
export type Tidier = { tidy(input: TidyInput): Promise<TidyResult>; stop(): void };

type Open = { input: TidyInput; resolve: (result: TidyResult) => void; reject: (error: Error) => void };

/** Creates the tidier. Its worker starts when it is needed first. */
export function createTidier(start: () => TidyWorker = startWorker): Tidier {
  const open = new Map<number, Open>();
  let worker: TidyWorker | null = null;
  let missing = false;
  let nextId = 1;

  const layHere = async ({ input, resolve, reject }: Open) => {
    try {
      resolve((await import('./tidy.ts')).tidyLayout(input));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const giveUp = () => {
    worker?.terminate();
    worker = null;
    missing = true;
    const left = [...open.values()];
    open.clear();
    for (const question of left) void layHere(question);
  };
  const begin = () => {
    if (worker || missing) return;
    try {
      worker = start();
      worker.onerror = giveUp;
      worker.onmessage = ({ data }) => {
        const question = open.get(data.id);
        open.delete(data.id);
        if ('error' in data) question?.reject(new Error(data.error));
        else question?.resolve(data.result);
      };
    } catch {
      missing = true;
    }
  };

  return {
    tidy: (input) =>
      new Promise((resolve, reject) => {
        begin();
        const question = { input, resolve, reject };
        if (!worker) return void layHere(question);
        const id = nextId++;
        open.set(id, question);
        worker.postMessage({ id, input });
      }),
    stop() {
      worker?.terminate();
      worker = null;
      open.clear();
    },
  };
}

function startWorker(): TidyWorker {
  return new Worker(new URL('./tidy.worker.ts', import.meta.url), { type: 'module' }) as TidyWorker;
}
