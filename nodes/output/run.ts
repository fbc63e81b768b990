import type { NodeRun } from '#nodes/core/define-node.ts';
import type { Config } from './index.ts';

export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const output = Object.fromEntries(config.fields.map(({ name }) => [name, inputs[name] ?? null]));
    return { kind: 'done', outcome: 'done', output };
  },
} satisfies NodeRun<Config>;
