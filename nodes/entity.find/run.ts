import type { NodeResult, NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

type Inputs = { key?: string | null; where?: JsonObject | null };

export default {
  async run(ctx, { config, inputs }): Promise<NodeResult> {
    ctx.signal.throwIfAborted();
    const { key, where } = inputs;
    if (!key && !where)
      throw new NodeError('INPUT_INVALID', 'Neither key nor where is given. Bind one of them to say what to find.');
    const [found] = await ctx.entities.find({
      type: config.entityType,
      limit: 1,
      ...(key ? { key } : {}),
      ...(where ? { where } : {}),
    });
    if (!found) return { kind: 'done', outcome: 'none', output: {} };
    const { id, type, version, updatedAt, data } = found;
    ctx.explain({ kind: 'entity', entityId: id, type, key: found.key, version, changed: [] });
    return { kind: 'done', outcome: 'found', output: { id, type, key: found.key, data, version, updatedAt } };
  },
} satisfies NodeRun<Config, Inputs>;
