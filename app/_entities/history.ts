import type { JsonObject } from '#nodes/core/json.ts';
import type { EntityMemory, EntityView } from '#server/entities/types.ts';

/** What happened to an entity at one moment: it was created, changed, or something about it was remembered. */
export type HistoryEntry =
  | { kind: 'created'; id: string; at: number }
  | { kind: 'changed'; id: string; at: number; version: number; fields: FieldChange[] }
  | { kind: 'remembered'; id: string; at: number; memory: EntityMemory };

export type FieldChange = {
  name: string;
  before: JsonObject[string] | undefined;
  after: JsonObject[string] | undefined;
};

/** The timeline of an entity, newest first. What a change led to is what the next change found. */
export function historyOf({ entity, changes, memories }: EntityView): HistoryEntry[] {
  const inOrder = changes.toSorted((a, b) => a.version - b.version);
  const changed = inOrder.map((change, index): HistoryEntry => {
    if (change.previous === null) return { kind: 'created', id: change.id, at: change.at };
    const after = inOrder[index + 1]?.previous ?? entity.data;
    const before = change.previous;
    const fields = change.changed.map((name) => ({ name, before: before[name], after: after[name] }));
    return { kind: 'changed', id: change.id, at: change.at, version: change.version, fields };
  });
  const remembered = memories.map(
    (memory): HistoryEntry => ({ kind: 'remembered', id: memory.id, at: memory.at, memory }),
  );
  return [...changed, ...remembered].toSorted((a, b) => b.at - a.at);
}
