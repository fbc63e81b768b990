import type { TaskList } from 'graphile-worker';
import type { Engine } from '../advance.ts';
import { advanceTask } from './advance.ts';
import { budgetTask } from './budget.ts';
import { callTask } from './call.ts';
import { cancelChildrenTask } from './cancel-children.ts';
import { checkThresholdsTask } from './check-thresholds.ts';
import { childEndedTask } from './child-ended.ts';
import { deadlineTask } from './deadline.ts';
import { expireTask } from './expire.ts';
import { indexMemoryTask } from './index-memory.ts';
import { modelBatchesTask } from './model-batches.ts';
import { modelPlacesTask } from './model-places.ts';
import { readDocumentsTask } from './read-documents.ts';
import { retentionTask } from './retention.ts';
import { undoTask } from './undo.ts';

/** The jobs of a worker. Each is thin: it parses its payload and calls the engine. */
export function tasksOf(engine: Engine): TaskList {
  return {
    advance: advanceTask(engine),
    budget: budgetTask(engine),
    call: callTask(engine),
    'cancel-children': cancelChildrenTask(engine),
    'check-thresholds': checkThresholdsTask(engine),
    'child-ended': childEndedTask(engine),
    deadline: deadlineTask(engine),
    expire: expireTask(engine),
    'index-memory': indexMemoryTask(engine),
    'model-batches': modelBatchesTask(engine),
    'model-places': modelPlacesTask(engine),
    'read-documents': readDocumentsTask(engine),
    retention: retentionTask(engine),
    undo: undoTask(engine),
  };
}
