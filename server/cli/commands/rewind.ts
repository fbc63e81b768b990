import { rewindRun } from '#server/travel/rewind-run.ts';
import { undoPlan } from '#server/undo/undo-plan.ts';
import type { Command } from '../command.ts';
import { confirm } from '../confirm.ts';
import { followUndo } from '../follow-undo.ts';
import { runIdOf } from '../run-id.ts';
import { seqOption } from '../seq-option.ts';
import { withProduct } from '../with-product.ts';
import { planText } from './undo.ts';

/** `rewind R-12 --at SEQ`: takes back what came after a checkpoint, then the run goes on from there. */
export const rewindCommand: Command = {
  options: { at: { type: 'string' }, yes: { type: 'boolean' } },
  run(invocation) {
    const seq = seqOption(invocation.options, 'rewind');
    return withProduct(invocation, { worker: true }, async ({ scope }) => {
      const runId = await runIdOf(scope, invocation.words[0]);
      const plan = await undoPlan(scope, { runId, toSeq: seq });
      invocation.say(planText(plan));
      if (!(await confirm(`Rewind run ${runId} to checkpoint ${seq}?`, invocation.options)))
        return { json: plan, text: 'Nothing was changed.', exitCode: 1 };
      await rewindRun(scope, { runId, seq });
      return await followUndo(scope, runId, invocation);
    });
  },
};
