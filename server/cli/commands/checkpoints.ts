import type { Scope } from '#server/db/scoped.ts';
import { listCheckpoints } from '#server/travel/list-checkpoints.ts';
import type { CheckpointRow } from '#server/travel/types.ts';
import type { Command } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { withProduct } from '../with-product.ts';

/** `checkpoints R-12`: the points that a run can be forked from and rewound to. */
export const checkpointsCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async ({ scope }) => {
      const runId = await runIdOf(scope, invocation.words[0]);
      const checkpoints = await all(scope, runId);
      return { json: { runId, checkpoints }, text: checkpoints.map(line).join('\n'), exitCode: 0 };
    }),
};

async function all(scope: Scope, runId: string): Promise<CheckpointRow[]> {
  const rows: CheckpointRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await listCheckpoints(scope, { runId, cursor, limit: 500 });
    rows.push(...items);
    if (next === null) return rows;
    cursor = next;
  }
}

function line({ seq, at, kind, state, path, outcome, status, inherited }: CheckpointRow): string {
  const what = kind === 'start' ? 'start' : `${state}${path === '' ? '' : ` at ${path}`}`;
  const how = kind === 'step' ? (outcome ?? status) : kind;
  return `${seq}\t${what}\t${how}\t${new Date(at).toISOString()}${inherited ? '\ttaken over' : ''}`;
}
