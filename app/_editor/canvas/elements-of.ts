import type { CanvasElements } from '#app/_canvas/context.ts';
import { openComment, settleInPlace } from '../session/elements.ts';
import type { EditorSession } from '../session/session.ts';

/** What cards, notes and frames can be asked to do in the editor. */
export function elementsOf(session: EditorSession): CanvasElements {
  return {
    looks: session.looks,
    settle: (flowId, text) => settleInPlace(session, flowId, text),
    resizeNote: (noteId, size) => void session.document.dispatch({ kind: 'resize-note', noteId, size }),
    openComment: (nodeId) => void openComment(session, nodeId),
  };
}
