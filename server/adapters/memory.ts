import type { MemoryCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { VectorIndex } from '#server/memory/chroma.ts';
import { forgetItem } from '#server/memory/forget-item.ts';
import { indexChunks } from '#server/memory/index-chunks.ts';
import { addItems, UnknownEntity } from '#server/memory/items.ts';
import { noteUse } from '#server/memory/note-use.ts';
import { recall } from '#server/memory/recall.ts';
import type { StepScope } from './step-scope.ts';
import { workingBuffer } from './working-buffer.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const mostHits = 100;
/** Chunks that are indexed at once when an item is remembered; the rest of a very long one follows with the periodic job. */
const chunksAtOnce = 50;

/** Business memory of the step's project. Postgres is the truth; the vector index helps where it is there. */
export function createMemoryCapability(deps: { chroma: VectorIndex }, step: StepScope): MemoryCapability {
  let remembered = 0;
  return {
    async recall({ entityId, ...query }) {
      refuseBadId(entityId);
      const recalled = await recall(step.db, deps.chroma, {
        ...query,
        projectId: step.projectId,
        limit: Math.min(query.limit, mostHits),
        ...(entityId ? { entityId } : {}),
      });
      const itemIds = recalled.hits.map((hit) => hit.itemId);
      await noteUse(step.db, { projectId: step.projectId, stepId: step.stepId, itemIds });
      return recalled;
    },
    async remember(item) {
      refuseBadId(item.entityId);
      const effectKey = remembered === 0 ? step.key : `${step.key}:${remembered}`;
      remembered += 1;
      const itemId = await store(step, { ...item, effectKey, runId: step.runId, stepId: step.stepId });
      await indexChunks(step.db, deps.chroma, { limit: chunksAtOnce, itemId });
      return { itemId };
    },
    forget: ({ effectKey }) => forgetItem(step.db, deps.chroma, { projectId: step.projectId, effectKey }),
    ...workingBuffer(step),
  };
}

async function store(step: StepScope, item: Parameters<typeof addItems>[2][number]): Promise<string> {
  try {
    const [itemId] = await addItems(step.db, step.projectId, [item]);
    if (!itemId) throw new NodeError('INTERNAL', 'The item was not stored.', { happened: 'no' });
    return itemId;
  } catch (error) {
    if (error instanceof UnknownEntity) throw unknownEntity(error.entityId);
    throw error;
  }
}

function refuseBadId(entityId: string | undefined): void {
  if (entityId && !uuid.test(entityId)) throw unknownEntity(entityId);
}

function unknownEntity(entityId: string): NodeError {
  return new NodeError(
    'INPUT_INVALID',
    `entityId names no entity of this project: "${entityId.slice(0, 100)}". Bind it to the id that an entity node answers.`,
    { happened: 'no' },
  );
}
