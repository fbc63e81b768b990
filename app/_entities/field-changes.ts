import type { JsonObject } from '#nodes/core/json.ts';
import type { EntityView } from '#server/entities/types.ts';

export type FieldChange = {
  name: string;
  before: JsonObject[string] | undefined;
  after: JsonObject[string] | undefined;
};
export type EntityChange = { version: number; fields: FieldChange[] };

/** What each change of an entity changed, by the change's id. What a change led to is what the next one found. */
export function fieldChanges({ entity, changes }: Pick<EntityView, 'entity' | 'changes'>): Map<string, EntityChange> {
  const inOrder = changes.toSorted((a, b) => a.version - b.version);
  return new Map(
    inOrder.map(({ id, version, previous, changed }, index) => {
      const after = inOrder[index + 1]?.previous ?? entity.data;
      const fields = changed.map((name) => ({ name, before: previous?.[name], after: after[name] }));
      return [id, { version, fields }];
    }),
  );
}
