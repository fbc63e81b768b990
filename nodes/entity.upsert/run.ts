import type { RestoredEntity } from '#nodes/core/capabilities.ts';
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
  async compensate(ctx, _args, { key: effectKey, output }) {
    ctx.signal.throwIfAborted();
    const { id } = output as { id: string };
    const restored = await ctx.entities.restore({ effectKey, entityId: id });
    const summary = restored.map(inWords).join(' ') || 'There was nothing to put back.';
    return { kind: 'reverted', summary, details: { entities: restored } };
  },
} satisfies NodeRun<Config, Inputs>;

function inWords({ type, key, removed, keptBecause, restored, kept }: RestoredEntity): string {
  const name = `${type} ${key}`;
  if (removed) return `The ${name} was removed: this step had created it.`;
  switch (keptBecause) {
    case 'changed':
      return `The ${name} stays although this step had created it: it was changed since.`;
    case 'remembered':
      return `The ${name} stays although this step had created it: something was remembered about it since.`;
    case null:
      return [
        ...(restored.length > 0 ? [`Of the ${name}, ${restored.join(', ')} got the earlier value.`] : []),
        ...(kept.length > 0 ? [`Changed since, so kept: ${kept.join(', ')} of the ${name}.`] : []),
      ].join(' ');
  }
}
