import type { JsonObject } from '#nodes/core/json.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { toEntityRow } from './rows.ts';
import type { EntityView } from './types.ts';

const newest = 100;

/** An entity with its newest changes and what is remembered of it. */
export async function getEntity(scope: Scope, id: string): Promise<EntityView> {
  const [entity, changes, memories] = await Promise.all([
    scope.db.entity.findUnique({ where: { id } }),
    scope.db.entityChange.findMany({ where: { entityId: id }, orderBy: { id: 'desc' }, take: newest }),
    scope.db.memoryItem.findMany({ where: { entityId: id }, orderBy: { at: 'desc' }, take: newest }),
  ]);
  const row = found(entity, 'The entity');
  return {
    entity: toEntityRow({ ...row, data: row.data as JsonObject }),
    changes: changes.map((change) => ({
      id: change.id.toString(),
      version: change.version,
      previous: change.previous as JsonObject | null,
      changed: change.changed,
      at: change.at.getTime(),
    })),
    memories: memories.map((item) => ({
      id: item.id,
      tier: item.tier,
      kind: item.kind,
      text: item.text,
      source: item.source,
      at: item.at.getTime(),
    })),
  };
}
