import type { HttpCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { respond, type WorldState } from './state.ts';

/** The pages of the seed; every other address cannot be reached. */
export function httpIn(state: WorldState): HttpCapability {
  return {
    async request({ method, url, maxBytes }) {
      await respond(state);
      const page = state.pages.get(`${method} ${url}`);
      if (!page) throw new NodeError('HTTP_UNAVAILABLE', `${url} did not answer.`, { happened: 'no' });
      if (new TextEncoder().encode(page.body).byteLength > maxBytes)
        throw new NodeError('TOO_LARGE', `${url} answered more than ${maxBytes} bytes.`);
      return page;
    },
  };
}
