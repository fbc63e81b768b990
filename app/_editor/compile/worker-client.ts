import type { Graph } from '#nodes/core/graph.ts';
import { createDeltaSender } from './graph-delta.ts';
import type { Language, LanguageAnswer, LanguageRequest } from './protocol.ts';

/** What of a Worker is needed; so a test can stand in for one. */
export type WorkerLike = {
  postMessage(request: LanguageRequest): void;
  terminate(): void;
  onmessage: ((event: { data: LanguageAnswer }) => void) | null;
  onerror: ((event: unknown) => void) | null;
};

type Waiting = {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
  method: LanguageRequest['method'];
  args: [Graph, ...unknown[]];
};

/**
 * The language over a worker. Where the worker cannot be started or dies, questions are answered by `fallback`,
 * those that are open included.
 */
export function languageOver(
  start: () => WorkerLike,
  fallback: () => Promise<Language>,
): { language: Language; stop: () => void } {
  const waiting = new Map<number, Waiting>();
  let worker: WorkerLike | null = null;
  let begun = false;
  let nextId = 1;

  const answerHere = async ({ method, args, resolve, reject }: Waiting) => {
    try {
      const here = await fallback();
      resolve(await (here[method] as (...args: unknown[]) => Promise<unknown>)(...args));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const giveUp = () => {
    worker?.terminate();
    worker = null;
    const open = [...waiting.values()];
    waiting.clear();
    for (const question of open) void answerHere(question);
  };
  /** With the first question, not before: a page that is being drawn has no core to spare. */
  const begin = () => {
    begun = true;
    try {
      worker = start();
      worker.onerror = giveUp;
      worker.onmessage = ({ data }) => {
        const question = waiting.get(data.id);
        waiting.delete(data.id);
        if ('error' in data) question?.reject(new Error(data.error));
        else question?.resolve(data.result);
      };
    } catch {
      worker = null;
    }
  };

  const delta = createDeltaSender();
  const ask = (method: LanguageRequest['method'], args: [Graph, ...unknown[]]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const question = { resolve, reject, method, args };
      if (!begun) begin();
      if (!worker) return void answerHere(question);
      const id = nextId++;
      const [graph, ...rest] = args;
      waiting.set(id, question);
      worker.postMessage({ id, method, delta: delta(graph), args: rest });
    });

  return {
    language: {
      compile: (...args) => ask('compile', args) as ReturnType<Language['compile']>,
      propose: (...args) => ask('propose', args) as ReturnType<Language['propose']>,
      scope: (...args) => ask('scope', args) as ReturnType<Language['scope']>,
      fitting: (...args) => ask('fitting', args) as ReturnType<Language['fitting']>,
    },
    stop() {
      worker?.terminate();
      worker = null;
      begun = true;
      waiting.clear();
    },
  };
}
