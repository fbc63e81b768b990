import type { LiveRun } from '#app/_canvas/run-state.ts';
import { statusWord, waitText } from '#app/_ui/status.ts';

/**
 * What a screen reader is to say of how a run went on: that it began, waits (for what and where), ended; and each node
 * that failed. Null: nothing that somebody who cannot see would want to be interrupted for.
 */
export function announcementOf(
  before: LiveRun | null,
  run: LiveRun,
  titleOf: (nodeId: string) => string,
): string | null {
  const name = `Run R-${run.row.ref}`;
  const failed = Object.entries(run.nodes).find(([id, node]) => node.failed > (before?.nodes[id]?.failed ?? 0));
  const was = before?.row.status;
  if (run.row.status === was && !failed) return null;
  const failure = failed
    ? `${titleOf(failed[0])} failed${failed[1].failure ? `: ${failed[1].failure.message.replace(/\.$/, '')}` : ''}. `
    : '';
  if (run.row.status === was) return `${name}: ${failure}`.trim();
  switch (run.row.status) {
    case 'queued':
      return null;
    case 'running':
      return was === 'waiting' ? `${name} goes on.` : `${name} started.`;
    case 'waiting':
      return `${name} waits${waitsAt(run, titleOf)}.`;
    case 'completed':
      return `${name} is done.`;
    case 'failed':
      return `${name}: ${failure}The run failed.`;
    case 'cancelled':
      return `${name} was ${statusWord('cancelled').toLowerCase()}.`;
    default: {
      const never: never = run.row.status;
      throw new Error(`Not a known status: ${never}`);
    }
  }
}

function waitsAt(run: LiveRun, titleOf: (nodeId: string) => string): string {
  const waiting = Object.entries(run.nodes).find(
    ([, node]) => node.waitingFor && node.waitingFor.kind !== 'items' && node.waitingFor.kind !== 'passes',
  );
  return waiting?.[1].waitingFor ? ` at ${titleOf(waiting[0])}: ${waitText(waiting[1].waitingFor)}` : '';
}
