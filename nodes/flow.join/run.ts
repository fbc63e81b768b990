import type { NodeRun } from '#nodes/core/define-node.ts';
import type { Config } from './index.ts';

/** The engine counts the branches; when it starts the step, the rule is met. */
export default {
  run(ctx) {
    ctx.signal.throwIfAborted();
    return { kind: 'done', outcome: 'done', output: {} };
  },
} satisfies NodeRun<Config>;
