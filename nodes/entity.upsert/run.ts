import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

type Inputs = { key: string; data: JsonObject };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const key = inputs.key.trim();
    if (key === '') throw new NodeError('INPUT_INVALID', 'key is empty. Bind it to what tells entities apart.');
    const { entity, created, changed, previous } = await ctx.entities.upsert({
      type: config.entityType,
      key,
      data: inputs.data,
    });
    const { id, type, version, data } = entity;
    ctx.explain({ kind: 'entity', entityId: id, type, key, version, changed });
    return { kind: 'done', outcome: 'ok', output: { id, key, created, changed, data, version, previous } };
  },
} satisfies NodeRun<Config, Inputs>;
