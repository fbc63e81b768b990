import { retryFailed } from '#server/travel/retry-failed.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

/** `retry R-12`: tries a failed run again from what failed; `--newest` on the newest version, as a new run. */
export const retryCommand: Command = {
  options: { newest: { type: 'boolean' } },
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const runId = await runIdOf(scope, invocation.words[0]);
      const version = invocation.options.newest === true ? 'newest' : 'same';
      const retried = await retryFailed(scope, { runId, version });
      const on = retried.version === null ? 'the draft' : `version ${retried.version}`;
      const text =
        retried.runId === runId
          ? `R-${retried.ref} goes on from what failed.`
          : `R-${retried.ref} goes on from there on ${on}. What had succeeded was taken over.`;
      return { json: retried, text: `${text} Follow it: solograph runs show R-${retried.ref}`, exitCode: 0 };
    }),
};
