import { sayFailure } from '#app/_api/say-failure.ts';
import { sayDone, sayFailed } from '#app/_ui/toaster.tsx';
import type { EditorSession } from '../session/session.ts';

/** Pins what the selected node gave last in the run on the canvas, or takes its pin away. False: no single node is selected. */
export function togglePin(session: EditorSession): boolean {
  const { nodes } = session.ui.getState().selection;
  const [nodeId] = nodes;
  if (nodeId === undefined || nodes.length !== 1) return false;
  void (session.pins.has(nodeId) ? unpin(session, nodeId) : pin(session, nodeId));
  return true;
}

async function unpin({ pins }: EditorSession, nodeId: string): Promise<void> {
  await pins.unpin(nodeId).then(() => sayDone('Unpinned', 'It runs in test runs again.'), sayFailure('Not unpinned'));
}

async function pin(session: EditorSession, nodeId: string): Promise<void> {
  try {
    const last = await session.lastOutput(nodeId);
    if (!last)
      return sayFailed('Nothing to pin', 'Run the draft first: the output of the run on the canvas is what is pinned.');
    // The server checks the pin against the draft that it knows.
    await session.autosave.flush();
    await session.pins.pin(nodeId, last);
    sayDone('Pinned', `Test runs take this output (${last.outcome}) without running the node. Production ignores it.`);
  } catch (error) {
    sayFailure('Not pinned')(error);
  }
}
