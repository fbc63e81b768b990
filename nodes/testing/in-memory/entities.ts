import type { EntitiesCapability, EntityRecord, RestoredEntity } from '#nodes/core/capabilities.ts';
import { canonicalJson, type JsonObject } from '#nodes/core/json.ts';
import { entityId, respond, type StepScope, type WorldState } from './state.ts';

/** Entities in a map; an upsert merges members and counts the version up only where something changed. */
export function entitiesIn(state: WorldState, step: StepScope): EntitiesCapability {
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
      const written = Object.fromEntries(changed.map((name) => [name, data[name] ?? null]));
      if (changed.length > 0)
        state.changes.set(step.idempotencyKey, { at: id, previous: before?.data ?? null, written });
      return { entity, created: before === undefined, changed, previous: before?.data ?? null };
    },
    async restore({ effectKey }) {
      await respond(state);
      const change = state.changes.get(effectKey);
      const now = change && state.entities.get(change.at);
      if (!change || !now) return [];
      state.changes.delete(effectKey);
      const { previous, written } = change;
      const { id, type, key } = now;
      const untouched = (name: string): boolean => same(now.data[name], written[name]);
      const about = [...state.memory.values()].some((item) => item.entityId === id);
      const told = {
        id,
        type,
        key,
        removed: false,
        keptBecause: null,
        restored: [],
        kept: [],
      } satisfies RestoredEntity;
      if (previous === null) {
        if (about) return [{ ...told, keptBecause: 'remembered' }];
        if (!Object.keys(now.data).every(untouched)) return [{ ...told, keptBecause: 'changed' }];
        state.entities.delete(change.at);
        return [{ ...told, removed: true }];
      }
      const [restored, kept] = [true, false].map((is) => Object.keys(written).filter((name) => untouched(name) === is));
      const data = { ...now.data };
      for (const name of restored ?? []) {
        delete data[name];
        if (previous[name] !== undefined) data[name] = previous[name];
      }
      state.entities.set(change.at, { ...now, data, version: now.version + 1 });
      return [{ ...told, restored: restored ?? [], kept: kept ?? [] }];
    },
  };
}

function matches(entity: EntityRecord, where: JsonObject): boolean {
  return Object.entries(where).every(([name, value]) => same(entity.data[name], value));
}

function same(a: unknown, b: unknown): boolean {
  return a !== undefined && canonicalJson(a) === canonicalJson(b);
}
