import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Config } from './index.ts';

type Inputs = { text: string; entityId?: string | null; source?: string | null };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    if (inputs.text.trim() === '')
      throw new NodeError('INPUT_INVALID', 'text is empty. Bind it to what is to be remembered.');
    const { itemId } = await ctx.memory.remember({
      text: inputs.text,
      kind: config.kind,
      tier: config.tier,
      untrusted: config.untrusted,
      ...(inputs.entityId ? { entityId: inputs.entityId } : {}),
      ...(inputs.source ? { source: inputs.source } : {}),
    });
    ctx.explain({ kind: 'effect', effect: 'memory.remember', key: ctx.idempotencyKey, receipt: { itemId } });
    return { kind: 'done', outcome: 'ok', output: { itemId } };
  },
  async compensate(ctx, _args, { key: effectKey }) {
    ctx.signal.throwIfAborted();
    const { itemId, vectors } = await ctx.memory.forget({ effectKey });
    const summary = itemId === null ? 'It had been forgotten already.' : 'The item was forgotten.';
    const index = vectors ? 'Its entries were removed.' : 'It did not answer: it drops the item when it is rebuilt.';
    return { kind: 'reverted', summary, details: { itemId, index } };
  },
} satisfies NodeRun<Config, Inputs>;
