import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '#server/db/scoped.ts';
import type { UndoItemRow, UndoStatus } from '#server/undo/types.ts';
import { undoStatus } from '#server/undo/undo-status.ts';
import type { Answer, Invocation } from './command.ts';

const pollMs = 150;

/** Waits until an undo has come to its end and tells what became of each item. */
export async function followUndo(scope: Scope, runId: string, { say, signal }: Invocation): Promise<Answer> {
  let told = '';
  for (;;) {
    const status = await undoStatus(scope, runId);
    if (!status) throw new Error(`Run ${runId} is not being undone.`);
    const done = status.items.filter(({ status: at }) => at !== 'pending' && at !== 'running').length;
    const line = `${done} of ${status.items.length} dealt with`;
    if (line !== told) say(line);
    told = line;
    if (status.status !== 'running')
      return { json: status, text: undoText(status), exitCode: status.items.some(failed) ? 1 : 0 };
    signal.throwIfAborted();
    await sleep(pollMs);
  }
}

const failed = ({ status }: UndoItemRow): boolean => status === 'failed';

function undoText({ status, items, keptSpendMicros, kind, toSeq }: UndoStatus): string {
  const how = status === 'done' ? 'Everything was reverted.' : 'Not everything could be reverted.';
  const rewound = kind === 'rewind' && !items.some(failed) ? [`The run goes on from checkpoint ${toSeq}.`] : [];
  return [
    ...items.map(itemText),
    how,
    ...rewound,
    `What was spent stays spent: $${(keptSpendMicros / 1e6).toFixed(6)}.`,
  ].join('\n');
}

function itemText({ status, title, label, why, result, failure }: UndoItemRow): string {
  const more = failure && status === 'failed' ? failure.message : (result?.summary ?? why);
  return `${status}\t${title}${label ? ` (${label})` : ''}${more ? `: ${more}` : ''}`;
}
