import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';
import { processUndo } from '../undo/process-undo.ts';

const payload = z.object({ undoId: z.string().regex(/^\d+$/) });

/** Job `undo`: takes back what a run did, item by item. */
export const undoTask =
  (engine: Engine): Task =>
  async (job) =>
    await processUndo(engine, payload.parse(job).undoId);
