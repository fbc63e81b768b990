import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { type Config, mostTexts } from './index.ts';

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const { texts } = inputs;
    if (texts.length > mostTexts)
      throw new NodeError(
        'TOO_LARGE',
        `texts has ${texts.length} entries; ${mostTexts} at most. Go through them with a For each.`,
      );
    const empty = texts.findIndex((text) => text.trim() === '');
    if (empty >= 0)
      throw new NodeError('INPUT_INVALID', `texts[${empty}] is empty, which has no vector. Leave it out.`);
    if (texts.length === 0) return { kind: 'done', outcome: 'ok', output: { vectors: [], model: '', dimensions: 0 } };
    const { vectors, ...answer } = await ctx.model.embed({ texts, model: config.model });
    const { model, provider, rehearsal, inputTokens, costMicros, priceId } = answer;
    ctx.explain({ kind: 'model', model, provider, rehearsal, inputTokens, outputTokens: 0, costMicros, priceId });
    return { kind: 'done', outcome: 'ok', output: { vectors, model, dimensions: vectors[0]?.length ?? 0 } };
  },
} satisfies NodeRun<Config, { texts: string[] }>;
