import type { FieldAnswer, FieldLanguage, FieldQuestion } from './protocol.ts';

/** What of a Worker is needed; so a test can stand in for one. */
export type FieldWorker = {
  postMessage(question: FieldQuestion): void;
  terminate(): void;
  onmessage: ((event: { data: FieldAnswer }) => void) | null;
  onerror: ((event: unknown) => void) | null;
};

type Open = { question: FieldQuestion; resolve: (result: unknown) => void; reject: (error: Error) => void };

/**
 * The fields' questions over a worker that starts with the first of them. Where it cannot start or dies, `fallback`
 * answers, what is open included.
 */
export function fieldLanguageOver(
  start: () => FieldWorker,
  fallback: () => Promise<FieldLanguage>,
): { language: FieldLanguage; stop: () => void } {
  const open = new Map<number, Open>();
  let worker: FieldWorker | null | undefined;
  let nextId = 1;

  const answerHere = async ({ question, resolve, reject }: Open) => {
    try {
      const here = await fallback();
      resolve(await (here[question.method] as (...args: unknown[]) => Promise<unknown>)(...question.args));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const giveUp = () => {
    worker?.terminate();
    worker = null;
    const left = [...open.values()];
    open.clear();
    for (const one of left) void answerHere(one);
  };
  const started = (): FieldWorker | null => {
    if (worker !== undefined) return worker;
    try {
      worker = start();
      worker.onerror = giveUp;
      worker.onmessage = ({ data }) => {
        const one = open.get(data.id);
        open.delete(data.id);
        if ('error' in data) one?.reject(new Error(data.error));
        else one?.resolve(data.result);
      };
    } catch {
      worker = null;
    }
    return worker;
  };
  const ask = <Method extends keyof FieldLanguage>(method: Method) =>
    ((...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const one = { question: { id: nextId++, method, args }, resolve, reject };
        const there = started();
        if (!there) return void answerHere(one);
        open.set(one.question.id, one);
        there.postMessage(one.question);
      })) as FieldLanguage[Method];

  return {
    language: {
      scope: ask('scope'),
      suggest: ask('suggest'),
      signature: ask('signature'),
      types: ask('types'),
      preview: ask('preview'),
    },
    stop() {
      worker?.terminate();
      worker = undefined;
      open.clear();
    },
  };
}
