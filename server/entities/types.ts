import type { EntityRecord } from '#nodes/core/capabilities.ts';
import type { JsonObject } from '#nodes/core/json.ts';

export type EntityRow = EntityRecord;
export type EntityChangeRow = {
  id: string;
  version: number;
  /** What it was before; null where it was created. */
  previous: JsonObject | null;
  changed: string[];
  at: number;
};
export type EntityMemory = { id: string; tier: string; kind: string; text: string; source: string; at: number };
export type EntityView = { entity: EntityRow; changes: EntityChangeRow[]; memories: EntityMemory[] };
