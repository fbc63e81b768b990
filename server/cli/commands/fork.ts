import type { Json } from '#nodes/core/json.ts';
import { forkRun } from '#server/travel/fork-run.ts';
import type { ForkEdit } from '#server/travel/types.ts';
import { valueAt } from '#server/travel/value-at.ts';
import type { Command } from '../command.ts';
import { parseSets, withMember } from '../edits.ts';
import { readJson } from '../read-graph.ts';
import { runIdOf } from '../run-id.ts';
import { seqOption } from '../seq-option.ts';
import { withProduct } from '../with-product.ts';

/** `fork R-12 --at SEQ`: a new run that goes on from a checkpoint, with values edited by `--set`. */
export const forkCommand: Command = {
  options: {
    at: { type: 'string' },
    set: { type: 'string', multiple: true },
    input: { type: 'string' },
    newest: { type: 'boolean' },
  },
  run(invocation) {
    const { options } = invocation;
    const seq = seqOption(options, 'fork');
    const sets = parseSets((options.set ?? []) as string[]);
    const input: Json | undefined = typeof options.input === 'string' ? readJson(options.input) : undefined;
    return withProduct(invocation, { worker: false }, async ({ scope }) => {
      const runId = await runIdOf(scope, invocation.words[0]);
      const edits = new Map<string, ForkEdit>();
      for (const { state, path, member, value } of sets) {
        const key = `${state} ${path}`;
        const output =
          edits.get(key)?.output ?? (member ? (await valueAt(scope, { runId, seq, state, path })).output : null);
        edits.set(key, { state, path, output: withMember(output, member, value) });
      }
      const forked = await forkRun(scope, {
        runId,
        seq,
        edits: [...edits.values()],
        input,
        version: options.newest === true ? 'newest' : 'same',
        requestKey: null,
      });
      const text = `R-${forked.ref} goes on from checkpoint ${seq} of run ${runId}. Follow it: solograph runs show R-${forked.ref}`;
      return { json: { ...forked, from: runId, seq }, text, exitCode: 0 };
    });
  },
};
