import type { EventsCapability } from '#nodes/core/capabilities.ts';
import { storable } from '#server/engine/storable.ts';
import type { StepScope } from './step-scope.ts';

/** Events that one step sends to runs that wait for them. An attempt that sends again sends the same event. */
export function createEventsCapability(step: StepScope): EventsCapability {
  let sent = 0;
  return {
    async send(name, key, data) {
      const dedupeKey = sent === 0 ? step.key : `${step.key}:${sent}`;
      sent += 1;
      await step.db.query('select sg_send_event($1::jsonb)', [
        storable({ projectId: step.projectId, name, key, data, dedupeKey }),
      ]);
    },
  };
}
