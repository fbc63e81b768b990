import type { NodeResult, NodeRun } from '#nodes/core/define-node.ts';
import type { Config } from './index.ts';

type Inputs = { session?: string | null };

export default {
  async run(ctx, { config, inputs }): Promise<NodeResult> {
    ctx.signal.throwIfAborted();
    const session = inputs.session?.trim();
    const found = await ctx.memory.held({ name: config.name, ...(session ? { session } : {}) });
    if (!found) return { kind: 'done', outcome: 'none', output: {} };
    return { kind: 'done', outcome: 'found', output: { value: found.value } };
  },
} satisfies NodeRun<Config, Inputs>;
