import type { JsonObject } from '#nodes/core/json.ts';
import type { EntityRow } from './types.ts';

export type StoredEntity = {
  id: string;
  type: string;
  key: string;
  data: JsonObject;
  version: number;
  updatedAt: Date;
};

/** Columns of an entity `e`. */
export const entityColumns = `e.id, e.type, e.key, e.data, e.version, e.updated_at as "updatedAt"`;

/** Brings a stored entity into the form that pages show. */
export function toEntityRow({ id, type, key, data, version, updatedAt }: StoredEntity): EntityRow {
  return { id, type, key, data, version, updatedAt: updatedAt.getTime() };
}
