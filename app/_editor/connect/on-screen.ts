import type { Position } from '../document/command.ts';

/** What of the drawing lies where on the screen. Read from the page, because only it knows what covers what. */

/** The card under a point; null: empty canvas, a note or something else. Node ids never hold a colon. */
export function cardUnder({ x, y }: Position): string | null {
  const node = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node');
  const id = node?.dataset.id ?? null;
  return id === null || id.includes(':') ? null : id;
}

/** The edge that passes a point, whatever is painted over it. */
export function edgeUnder({ x, y }: Position): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest('.react-flow__edge');
    if (edge) return edge.getAttribute('data-id');
  }
  return null;
}

/** The middle of an edge on the screen; null: it is out of sight. */
export function middleOfEdge(edgeId: string): Position | null {
  const path = document.querySelector<SVGPathElement>(`[data-edge="${CSS.escape(edgeId)}"] .sg-edge-line`);
  const matrix = path?.getScreenCTM();
  if (!path || !matrix) return null;
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix);
  return { x, y };
}

/** Where the handle of an outcome stands on the screen; null: it is out of sight. */
export function handleOnScreen(nodeId: string, outcome: string): Position | null {
  const row = `[data-node="${CSS.escape(nodeId)}"] .sg-handle[data-handleid="${CSS.escape(outcome)}"]`;
  const box = document.querySelector(row)?.getBoundingClientRect();
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
}

/** The point of the screen that a mouse or a finger is at. */
export function pointOf(event: MouseEvent | TouchEvent): Position {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}
