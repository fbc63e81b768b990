import { definitions } from '#app/_canvas/definitions.ts';
import { groupFlowId } from '#app/_canvas/flow-elements.ts';
import { mayLandOnEdges, placeOnEdge } from '../connect/insert.ts';
import { edgeUnder } from '../connect/on-screen.ts';
import { mayStand } from '../connect/place.ts';
import type { Position } from '../document/command.ts';
import { groupEntered } from '../layout/moved-groups.ts';
import type { EditorSession } from '../session/session.ts';

/** The edge that what is dragged would be put on, or the frame that would take it: lit up while it is over it. */
export type Landing = {
  /** A new node of a type is over a point of the screen. */
  over(type: string | null, screen: Position): void;
  /** A node of the canvas is: it counts only where it hangs on nothing. */
  drag(nodeId: string, pointer: Position): void;
  /** Cards and notes of the canvas are, by React Flow's ids: a frame lights up that would take them. */
  carry(positions: Record<string, Position>): void;
  /** Answers the edge, and puts all light out. */
  take(): string | null;
};

/** Creates it for one canvas. The light goes straight into the DOM: a drag renders nothing but what is dragged. */
export function createLanding(session: EditorSession): Landing {
  let lit: { edgeId: string; element: Element | null } | null = null;
  let framed: { groupId: string; element: Element | null } | null = null;
  let carried: { nodeId: string; may: boolean } | null = null;

  const light = (edgeId: string | null) => {
    if (edgeId === (lit?.edgeId ?? null)) return;
    lit?.element?.removeAttribute('data-landing');
    lit = edgeId === null ? null : { edgeId, element: elementOf(edgeId) };
    lit?.element?.setAttribute('data-landing', '');
  };
  const frame = (groupId: string | null) => {
    if (groupId === (framed?.groupId ?? null)) return;
    framed?.element?.removeAttribute('data-landing');
    framed = groupId === null ? null : { groupId, element: frameOf(groupId) };
    framed?.element?.setAttribute('data-landing', '');
  };
  const graph = () => session.document.store.getState().graph;

  return {
    over(type, screen) {
      const edgeId = edgeUnder(screen);
      const place = edgeId === null ? null : placeOnEdge(graph(), edgeId);
      const declaration = type === null ? undefined : definitions.get(type);
      light(place && declaration && mayStand(declaration, place) ? place.edgeId : null);
    },
    drag(nodeId, pointer) {
      if (carried?.nodeId !== nodeId) carried = { nodeId, may: mayLandOnEdges(graph(), nodeId) };
      if (!carried.may) return;
      const edgeId = edgeUnder(pointer) ?? edgeUnder(middleOfCard(nodeId) ?? pointer);
      light(edgeId !== null && placeOnEdge(graph(), edgeId) ? edgeId : null);
    },
    carry(positions) {
      frame(lit ? null : groupEntered(graph(), positions));
    },
    take() {
      const edgeId = lit?.edgeId ?? null;
      light(null);
      frame(null);
      carried = null;
      return edgeId;
    },
  };
}

function middleOfCard(nodeId: string): Position | null {
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)?.getBoundingClientRect();
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
}

function frameOf(groupId: string): Element | null {
  return document.querySelector(`.react-flow__node[data-id="${CSS.escape(groupFlowId(groupId))}"]`);
}

function elementOf(edgeId: string): Element | null {
  return document.querySelector(`.react-flow__edge[data-id="${CSS.escape(edgeId)}"]`);
}
