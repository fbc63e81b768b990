import { getLineage } from '#server/lineage/get-lineage.ts';
import { lineageText } from '#server/lineage/lineage-text.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

/** `lineage R-12 draft@each:3`: where a value comes from; with --json the whole, by reference. */
export const lineageCommand: Command = {
  options: { value: { type: 'string' }, input: { type: 'boolean' } },
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const [run, node = ''] = invocation.words;
      const [state = '', path = ''] = node.split('@');
      if (state === '')
        throw new UsageError('Name a node of the run: lineage R-12 draft, or draft@each:3 for one item.');
      const { value: pointer = '', input } = invocation.options;
      if (typeof pointer !== 'string' || !/^(\/[^/]*)*$/.test(pointer))
        throw new UsageError(`--value is a JSON pointer such as /subject, not "${String(pointer)}".`);
      const at = { runId: await runIdOf(scope, run), state, path, pointer };
      const lineage = await getLineage(scope, { ...at, of: input ? 'input' : 'output' });
      return { json: lineage, text: lineageText(lineage), exitCode: 0 };
    }),
};
