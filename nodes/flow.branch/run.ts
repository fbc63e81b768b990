import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

export default {
  run(ctx, { inputs }) {
    ctx.signal.throwIfAborted();
    if (typeof inputs.condition !== 'boolean')
      throw new NodeError(
        'INPUT_INVALID',
        `condition must be true or false; it is ${JSON.stringify(inputs.condition) ?? 'absent'}. Compare it, for example with ==.`,
      );
    return { kind: 'done', outcome: String(inputs.condition), output: {} };
  },
} satisfies NodeRun<Config, { condition: Json }>;
