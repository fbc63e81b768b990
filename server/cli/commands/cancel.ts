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
      await cancelRun(scope, runId);
      return { json: { runId, status: 'cancelled' }, text: `Run ${runId} is cancelled.`, exitCode: 0 };
    }),
};
