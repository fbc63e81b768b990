import { cancelRun } from '#server/runs/cancel-run.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

/** `cancel ID`. */
export const cancelCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const runId = await runIdOf(scope, invocation.words[0]);
      const { cancelled } = await cancelRun(scope, runId);
      const text = cancelled ? `Run ${runId} is cancelled.` : `Run ${runId} had ended already; nothing was changed.`;
      return { json: { runId, cancelled }, text, exitCode: cancelled ? 0 : 1 };
    }),
};
