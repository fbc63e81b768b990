import { sayFailed } from '#app/_ui/toaster.tsx';
import { isOver } from '../live/live-runs.ts';
import type { EditorSession } from '../session/session.ts';

/** Begins to step through the run on the canvas, from its end. */
export function travelThrough(session: EditorSession): void {
  const { runs, chosen } = session.live.store.getState();
  const run = chosen === null ? undefined : runs.get(chosen);
  if (!run || !isOver(run)) {
    sayFailed(
      'Nothing to step through',
      run ? `R-${run.row.ref} still goes on. Wait until it has ended.` : 'Choose a run above the canvas first.',
    );
    return;
  }
  session.ui.setState(({ overlays }) => ({
    travel: { runId: run.row.id, seq: null },
    overlays: { ...overlays, live: true },
    dock: 'timeline',
    dockOpen: true,
  }));
}

/** Back to the present. False: it is shown already. */
export function leaveTravel(session: EditorSession): boolean {
  if (session.ui.getState().travel === null) return false;
  session.ui.setState({ travel: null });
  return true;
}
