import type { WorkerLike } from './worker-client.ts';

let spare: WorkerLike | null = null;

/**
 * Starts the language before anybody asks for it: while the pipeline is on its way, and before the drawing keeps the page
 * busy. The next `startLanguage` takes it.
 */
export function warmLanguage(): void {
  try {
    spare ??= startWorker();
  } catch (error) {
    // The session tries again, and does without a worker where there can be none.
    console.warn('The language could not be started ahead of time.', error);
  }
}

/** A worker that knows the language. Throws where this browser starts none. */
export function startLanguage(): WorkerLike {
  const started = spare ?? startWorker();
  spare = null;
  return started;
}

function startWorker(): WorkerLike {
  return new Worker(new URL('./language.worker.ts', import.meta.url), { type: 'module' }) as WorkerLike;
}
