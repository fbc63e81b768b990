import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Config } from './index.ts';

type Inputs = { query: string; entityId?: string | null };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const query = inputs.query.trim();
    if (query === '') throw new NodeError('INPUT_INVALID', 'query is empty. Bind it to the words to look for.');
    const { hits, vectors, considered, embedder, ranking } = await ctx.memory.recall({
      text: query,
      limit: config.limit,
      ...(inputs.entityId ? { entityId: inputs.entityId } : {}),
      ...(config.kinds.length > 0 ? { kinds: config.kinds } : {}),
    });
    ctx.explain({ kind: 'retrieved', query, vectors, hits, considered, embedder, ranking });
    ctx.log(`${hits.length} found${vectors ? '' : ', by full text alone: the vector index did not answer'}`);
    return {
      kind: 'done',
      outcome: 'ok',
      output: {
        hits: hits.map(({ itemId, text, kind, source, at, score }) => ({ itemId, text, kind, source, at, score })),
        text: hits.map((hit, index) => `${index + 1}. ${hit.text.replace(/\s+/g, ' ').trim()}`).join('\n'),
        count: hits.length,
      },
    };
  },
} satisfies NodeRun<Config, Inputs>;
