import { getWhyNotMoving } from '#server/runs/why-not-moving.ts';
import type { RunWhy, WhyStep } from '#server/runs/why-types.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

/** `why R-12`: why is this not moving? Exit 1 where something is stuck. */
export const whyCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const why = await getWhyNotMoving(scope, await runIdOf(scope, invocation.words[0]));
      return { json: why, text: whyText(why), exitCode: why.steps.some(({ stuck }) => stuck) ? 1 : 0 };
    }),
};

function whyText({ runId, status, summary, moves, steps }: RunWhy): string {
  return [`Run ${runId} is ${status}. ${summary} ${moves}`, ...steps.map(stepText)].join('\n');
}

function stepText({ state, path, waitsFor, since, until, moves, stuck }: WhyStep): string {
  const at = path === '' ? state : `${state} at ${path}`;
  const times = [
    ...(since === null ? [] : [`since ${new Date(since).toISOString()}`]),
    ...(until === null ? [] : [`until ${new Date(until).toISOString()}`]),
  ];
  return `${stuck ? 'STUCK ' : ''}${at}: ${waitsFor}${times.length > 0 ? ` (${times.join(', ')})` : ''} ${moves}`;
}
