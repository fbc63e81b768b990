import type { Ways } from './ways.ts';

/**
 * Tells the cards and edges in a canvas whether a value came through them, by `data-came`: the others step back. Nothing
 * is rendered for it. What the canvas puts in its place later is told, too. Answers how to end it.
 */
export function lightUp(canvas: HTMLElement, { nodes, edges }: Ways): () => void {
  let frame = 0;
  const tell = () => {
    frame = 0;
    for (const card of canvas.querySelectorAll<HTMLElement>('[data-node]'))
      came(card, nodes.has(card.dataset.node ?? ''));
    for (const edge of canvas.querySelectorAll<SVGElement>('[data-edge]'))
      came(edge, edges.has(edge.dataset.edge ?? ''));
  };
  const later = () => {
    if (frame === 0) frame = requestAnimationFrame(tell);
  };
  // Cards come and go with the zoom.
  const watching = new MutationObserver(later);
  canvas.dataset.traced = '';
  tell();
  watching.observe(canvas, { childList: true, subtree: true });
  return () => {
    watching.disconnect();
    cancelAnimationFrame(frame);
    delete canvas.dataset.traced;
    for (const element of canvas.querySelectorAll('[data-came]')) element.removeAttribute('data-came');
  };
}

function came(element: HTMLElement | SVGElement, yes: boolean): void {
  if (yes) element.dataset.came = '';
  else delete element.dataset.came;
}
