import { pauseRun } from '#server/runs/pause-run.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

/** `pause R-12`: what runs may finish, nothing begins. */
export const pauseCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const answer = await pauseRun(scope, await runIdOf(scope, invocation.words[0]));
      const text = answer.paused
        ? `Run ${answer.runId} is paused. Go on: solograph resume ${answer.runId}`
        : `Run ${answer.runId} has ended or was paused already; nothing was changed.`;
      return { json: answer, text, exitCode: answer.paused ? 0 : 1 };
    }),
};
