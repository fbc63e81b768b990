import { env } from '#server/env.ts';
import type { ProjectSettings } from './settings.ts';
import type { ModelConnection } from './types.ts';

/** Which model answers where a node names none. Without a key or a server it is the offline rehearsal. */
export function modelConnection(settings: ProjectSettings): ModelConnection {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL } = env();
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined)
    return { provider: 'rehearsal', model: 'rehearsal', rehearsal: true };
  return {
    provider: OPENAI_BASE_URL === undefined ? 'openai' : new URL(OPENAI_BASE_URL).host,
    model: settings.model || OPENAI_MODEL,
    rehearsal: false,
  };
}
