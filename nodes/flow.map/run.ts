import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

/** Answers the items; the engine runs the body for each of them and takes the input `result` at its end. */
export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const { items } = inputs;
    if (!Array.isArray(items))
      throw new NodeError('INPUT_INVALID', `items must be a list; it is ${shown(items)}. Bind it to a list.`);
    if (config.maxItems !== null && items.length > config.maxItems)
      throw new NodeError(
        'TOO_LARGE',
        `items has ${items.length} entries; ${config.maxItems} at most. Shorten the list or raise "Most items".`,
        { details: { items: items.length, maxItems: config.maxItems } },
      );
    return { kind: 'map', items, concurrency: config.concurrency };
  },
} satisfies NodeRun<Config, { items: Json }>;

function shown(value: Json | undefined): string {
  return (JSON.stringify(value) ?? 'absent').slice(0, 100);
}
