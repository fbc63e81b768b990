import type { EventsCapability } from '#nodes/core/capabilities.ts';
import { respond, type StepScope, type WorldState } from './state.ts';

/** Events that were sent, by the key of the step that did: sending again is sending once. */
export function eventsIn(state: WorldState, step: StepScope): EventsCapability {
  return {
    async send(name, key, data) {
      await respond(state);
      state.events.set(step.idempotencyKey, { name, key, data });
    },
  };
}
