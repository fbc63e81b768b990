import type { NodeRun } from '#nodes/core/define-node.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

type Inputs = { value: Json; session?: string | null };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const { name, ttlMs } = config;
    const session = inputs.session?.trim();
    const { expiresAt } = await ctx.memory.hold({ name, value: inputs.value, ttlMs, ...(session ? { session } : {}) });
    ctx.log(`${name} is at hand ${session ? `in the session ${session}` : 'for this run'}`);
    return { kind: 'done', outcome: 'ok', output: { expiresAt } };
  },
} satisfies NodeRun<Config, Inputs>;
