import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

const longestKey = 200;

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const key = inputs.key.trim();
    if (key === '' || key.length > longestKey)
      throw new NodeError(
        'INPUT_INVALID',
        `key must have 1 to ${longestKey} characters; it has ${key.length}. Bind it to what the waiting step has.`,
        { happened: 'no' },
      );
    await ctx.events.send(config.event, key, inputs.data ?? null);
    const sent = { event: config.event, key };
    ctx.explain({ kind: 'effect', effect: 'events.send', key: ctx.idempotencyKey, receipt: sent });
    return { kind: 'done', outcome: 'ok', output: sent };
  },
} satisfies NodeRun<Config, { key: string; data?: Json }>;
