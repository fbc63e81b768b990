import { examine } from '#server/doctor/examine.ts';
import { lineOf } from '#server/doctor/finding.ts';
import { env } from '#server/env.ts';
import type { Command } from '../command.ts';
import { withProduct } from '../with-product.ts';

/**
 * `doctor`: one line for each thing, with what is wrong, where, why, since when and what to do. It starts no worker, which
 * would mend what it looks for. Exit 1 where something is wrong.
 */
export const doctorCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ chromaUrl }) => {
      const home = env().SOLOGRAPH_HOME;
      const examined = await examine({ home, ...(chromaUrl === null ? {} : { chromaUrl }) });
      const text = examined.findings.map((finding) => lineOf(finding, Date.now())).join('\n');
      return { json: examined, text, exitCode: examined.ok ? 0 : 1 };
    }),
};
