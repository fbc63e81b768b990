import type { Task } from 'graphile-worker';
import { readDocuments } from '#server/documents/read-documents.ts';
import type { Engine } from '../advance.ts';

/** Job `read-documents`: documents that were imported, and sources that may have changed. Stops between two of them. */
export const readDocumentsTask =
  (engine: Engine): Task =>
  async (_payload, { abortSignal }) => {
    await readDocuments({
      db: engine.pool,
      index: engine.adapters.chroma,
      fetchSource: engine.adapters.fetchSource,
      mayGoOn: () => !engine.draining() && abortSignal?.aborted !== true,
      signal: abortSignal ?? new AbortController().signal,
    });
  };
