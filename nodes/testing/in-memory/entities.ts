import type { EntitiesCapability, EntityRecord } from '#nodes/core/capabilities.ts';
import { canonicalJson, type JsonObject } from '#nodes/core/json.ts';
import { entityId, respond, type WorldState } from './state.ts';

/** Entities in a map; an upsert merges members and counts the version up only where something changed. */
export function entitiesIn(state: WorldState): EntitiesCapability {
  return {
    async find({ type, key, where, limit }) {
      await respond(state);
      return [...state.entities.values()]
        .filter((entity) => entity.type === type && (key === undefined || entity.key === key))
        .filter((entity) => matches(entity, where ?? {}))
        .slice(0, limit);
    },
    async upsert({ type, key, data }) {
      await respond(state);
      const id = entityId({ type, key });
      const before = state.entities.get(id);
      const changed = Object.keys(data).filter((name) => !before || !same(before.data[name], data[name]));
      const entity: EntityRecord = {
        id: before?.id ?? `entity${state.entities.size + 1}`,
        type,
        key,
        data: { ...before?.data, ...data },
        version: (before?.version ?? 0) + (changed.length > 0 || !before ? 1 : 0),
        updatedAt: state.now,
      };
      state.entities.set(id, entity);
      return { entity, created: before === undefined, changed, previous: before?.data ?? null };
    },
  };
}

function matches(entity: EntityRecord, where: JsonObject): boolean {
  return Object.entries(where).every(([name, value]) => same(entity.data[name], value));
}

function same(a: unknown, b: unknown): boolean {
  return a !== undefined && canonicalJson(a) === canonicalJson(b);
}
