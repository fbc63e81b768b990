import type { DraftOrigin } from './draft-why.ts';
import type { DraftSaveRow } from './types.ts';

export type StoredSave = {
  id: string;
  revision: number;
  beganAt: Date;
  at: Date;
  by: string;
  origin: string;
  summary: string;
};

/** A row of the draft's history as it is answered. */
export function toSaveRow({ id, revision, beganAt, at, by, origin, summary }: StoredSave): DraftSaveRow {
  return {
    ...{ id, revision, by, summary },
    origin: origin as DraftOrigin,
    beganAt: beganAt.getTime(),
    at: at.getTime(),
  };
}
