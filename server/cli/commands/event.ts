import type { Json } from '#nodes/core/json.ts';
import { sendEvent } from '#server/events/send-event.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

/** `event send NAME KEY`: sends an event to the run that waits for it. */
export const eventCommand: Command = {
  options: { data: { type: 'string' }, 'dedupe-key': { type: 'string' } },
  run(invocation) {
    const [verb, name, key] = invocation.words;
    if (verb !== 'send' || !name || !key)
      throw new UsageError(`Write: solograph event send NAME KEY [--data '{"paid": true}']`);
    const data = readData(invocation.options.data);
    const dedupe = invocation.options['dedupe-key'];
    return withProduct(invocation, { worker: false }, async ({ scope }) => {
      const dedupeKey = typeof dedupe === 'string' ? dedupe : null;
      const sent = await sendEvent(scope, { name, key, data, dedupeKey });
      return { json: sent, text: textOf(sent, `The event "${name}" with the key "${key}"`), exitCode: 0 };
    });
  },
};

function textOf({ delivered, repeated }: { delivered: boolean; repeated: boolean }, what: string): string {
  if (repeated) return `${what} had come before; nothing was changed.`;
  return delivered ? `${what} was taken by a run that waited for it.` : `${what} is kept for a run that waits for it.`;
}

function readData(text: unknown): Json {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new UsageError(`--data is one JSON value, for example '{"paid": true}'; got "${text.slice(0, 100)}".`, {
      cause,
    });
  }
}
