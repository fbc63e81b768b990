import type { Json } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';

export type EventToSend = { name: string; key: string; data: Json; dedupeKey: string | null };
/** `delivered`: a step took it at once. Else it is kept for one that waits for it later. `repeated`: it had come before. */
export type SentEvent = { delivered: boolean; repeated: boolean };

/** Sends an event to the step of the project that waits for its name and key; the one that has waited longest takes it. */
export async function sendEvent(scope: Scope, { name, key, data, dedupeKey }: EventToSend): Promise<SentEvent> {
  const rows = await query<{ sent: SentEvent }>('select sg_send_event($1::jsonb) as sent', [
    storable({ projectId: scope.projectId, name, key, data, dedupeKey }),
  ]);
  return found(rows[0], 'The event').sent;
}
