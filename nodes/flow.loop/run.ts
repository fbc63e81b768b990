import type { NodeRun } from '#nodes/core/define-node.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Config } from './index.ts';

/** Answers the first value; the engine runs the passes and takes the inputs `next` and `again` at the end of each. */
export default {
  run(ctx, { inputs }) {
    ctx.signal.throwIfAborted();
    return { kind: 'loop', value: inputs.initial };
  },
} satisfies NodeRun<Config, { initial: Json }>;
