import { pool } from '#server/db/pool.ts';
import { openVectorIndex } from '#server/memory/chroma.ts';
import { rebuildIndex } from '#server/memory/rebuild-index.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

/** `memory rebuild`. */
export const memoryCommand: Command = {
  options: {},
  async run(invocation) {
    if (invocation.words[0] !== 'rebuild') throw new UsageError('memory knows "rebuild": solograph memory rebuild');
    return await withProduct(invocation, { worker: false }, async ({ chromaUrl }) => {
      const index = openVectorIndex(chromaUrl ?? undefined);
      const onProgress = ({ indexed, total }: { indexed: number; total: number }): void =>
        invocation.say(`indexed ${indexed} of ${total}`);
      const { projects, chunks } = await rebuildIndex(pool(), index, { onProgress });
      return {
        json: { ok: true, projects, chunks },
        text: `The memory index holds ${chunks} pieces of text of ${projects} projects.`,
        exitCode: 0,
      };
    });
  },
};
