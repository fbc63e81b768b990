import { innermost } from '#nodes/core/program.ts';
import { AppError } from '#server/errors.ts';
import { type PastEntry, type RunPast, withRoomFor } from './run-history.ts';
import type { ForkEdit } from './types.ts';

/**
 * What a run has behind it, with the items open again in which steps are edited: what an item came to follows from them.
 * Errors: INPUT_INVALID where the map around a step had ended as well, so that its result would not follow. Pure.
 */
export function withItemsOpen<Run extends RunPast>(run: Run, edits: readonly ForkEdit[]): Run {
  const opened = new Set(edits.map(({ path }) => path).filter((path) => path !== ''));
  if (opened.size === 0) return run;
  for (const edit of edits) refuseEnded(run, edit);
  const isOpened = ({ entry }: PastEntry): boolean => entry.kind === 'item' && opened.has(entry.path);
  const again = run.past.filter(isOpened).map(({ entry }) => entry.path);
  return { ...run, past: run.past.filter((entry) => !isOpened(entry)).map((entry) => withRoomFor(entry, again)) };
}

function refuseEnded({ past }: RunPast, { state, path }: ForkEdit): void {
  const at = innermost(path);
  if (!at || !past.some(({ entry }) => entry.kind === 'step' && entry.state === at.mapId && entry.path === at.parent))
    return;
  throw new AppError(
    'INPUT_INVALID',
    `edits: "${state} at ${path}" is part of "${at.mapId}", which had ended at this checkpoint. Edit what "${at.mapId}" gave, or choose a checkpoint before its end.`,
  );
}
