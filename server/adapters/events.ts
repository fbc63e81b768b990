import type { EventsCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';

/** Events between runs. Errors: NOT_CONFIGURED while the engine does not deliver them. */
export function createEventsCapability(): EventsCapability {
  return {
    send(name) {
      const message = `This installation does not deliver events yet, so "${name}" was not sent.`;
      return Promise.reject(new NodeError('NOT_CONFIGURED', message, { happened: 'no' }));
    },
  };
}
