import type { UndoPlan } from '#server/undo/types.ts';
import { undoPlan } from '#server/undo/undo-plan.ts';
import { undoRun } from '#server/undo/undo-run.ts';
import type { Command } from '../command.ts';
import { confirm } from '../confirm.ts';
import { followUndo } from '../follow-undo.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

const words: Record<UndoPlan['items'][number]['can'], string> = {
  reverts: 'will be reverted',
  offers: 'CANNOT be reverted, a correction is offered',
  cannot: 'CANNOT be reverted',
};

/** `undo R-12`: shows the plan, then takes back what can be. `--plan` shows it only. */
export const undoCommand: Command = {
  options: { plan: { type: 'boolean' }, yes: { type: 'boolean' } },
  run: (invocation) =>
    withProduct(invocation, { worker: invocation.options.plan !== true }, async ({ scope }) => {
      const runId = await runIdOf(scope, invocation.words[0]);
      const plan = await undoPlan(scope, { runId, toSeq: 0 });
      if (invocation.options.plan === true) return { json: plan, text: planText(plan), exitCode: 0 };
      invocation.say(planText(plan));
      const question = `Undo run ${runId}: revert ${plan.revertible} of ${plan.total}?`;
      if (!(await confirm(question, invocation.options)))
        return { json: plan, text: 'Nothing was changed.', exitCode: 1 };
      await undoRun(scope, runId);
      return await followUndo(scope, runId, invocation);
    }),
};

/** A plan in words. */
export function planText(plan: UndoPlan): string {
  const lines = plan.items.map(
    ({ can, title, label, why }) => `${words[can]}\t${title}${label ? ` (${label})` : ''}${why ? `: ${why}` : ''}`,
  );
  const { revertible, total, offers, irreversible, alreadyUndone, keptSpendMicros, cancelsRun } = plan;
  return [
    ...lines,
    `${revertible} of ${total} can be reverted, for ${offers} a correction is offered, ${irreversible} cannot be mended here.`,
    ...(alreadyUndone > 0 ? [`${alreadyUndone} were dealt with by an earlier undo.`] : []),
    ...(cancelsRun ? ['The run is under way: it is cancelled first.'] : []),
    `What was spent stays spent: $${(keptSpendMicros / 1e6).toFixed(6)}.`,
  ].join('\n');
}
