import { unpauseRun } from '#server/runs/unpause-run.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

/** `resume R-12`: goes on with a paused run. */
export const resumeCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const answer = await unpauseRun(scope, await runIdOf(scope, invocation.words[0]));
      const text = answer.unpaused
        ? `Run ${answer.runId} goes on.`
        : `Run ${answer.runId} was not paused; nothing was changed.`;
      return { json: answer, text, exitCode: answer.unpaused ? 0 : 1 };
    }),
};
