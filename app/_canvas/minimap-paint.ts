import type { Status } from '#app/_ui/status.ts';
import { around, type Box, boundsOf, type MinimapScale, minimapScale } from './minimap-scale.ts';

/** What the minimap tells apart, in the order in which it is painted. A status that is not among them is idle here. */
export const minimapHues = ['group', 'note', 'idle', 'done', 'running', 'waiting', 'failed', 'found'] as const;
export type MinimapHue = (typeof minimapHues)[number];
export const minimapSize = { width: 160, height: 92 };

export type PlacedBox = Box & { id: string; kind: 'card' | 'note' | 'group' };
type Parts = {
  canvas: HTMLCanvasElement;
  boxes: readonly PlacedBox[];
  view: Box;
  hueOf: (box: PlacedBox) => MinimapHue;
  /** Colours that were read already: reading one makes the page style itself. */
  hues: Map<MinimapHue, string>;
};

/** Paints all boxes, each in its hue, and answers at which scale. The colours are those of the canvas' neighbours `i`. */
export function paintMinimap({ canvas, boxes, view, hueOf, hues }: Parts): MinimapScale {
  const bounds = boundsOf(boxes);
  const painted = minimapScale(bounds ? around(bounds, view) : view, minimapSize);
  const context = canvas.getContext('2d');
  if (!context) return painted;
  const { scale, origin } = painted;
  const density = window.devicePixelRatio;
  const [width, height] = [minimapSize.width * density, minimapSize.height * density];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, minimapSize.width, minimapSize.height);
  const byHue = Map.groupBy(boxes, hueOf);
  for (const hue of minimapHues) {
    const colour = hues.get(hue) ?? colourOf(canvas, hue);
    hues.set(hue, colour);
    context.fillStyle = colour;
    for (const { x, y, width, height } of byHue.get(hue) ?? []) {
      const [w, h] = [Math.max(1, width * scale), Math.max(1, height * scale)];
      context.fillRect((x - origin.x) * scale, (y - origin.y) * scale, w, h);
    }
  }
  return painted;
}

/** The hue of a card of this status. */
export function hueOfStatus(status: Status): MinimapHue {
  return status === 'done' || status === 'running' || status === 'waiting' || status === 'failed' ? status : 'idle';
}

/** Puts the frame around the part of the drawing that is seen. */
export function placeFrame(frame: HTMLElement, view: Box, { scale, origin }: MinimapScale): void {
  const [x, y] = [(view.x - origin.x) * scale, (view.y - origin.y) * scale];
  frame.style.transform = `translate(${x}px, ${y}px)`;
  frame.style.width = `${view.width * scale}px`;
  frame.style.height = `${view.height * scale}px`;
}

/** Room is given back only where there is much of it: a view that is panned to and fro is painted once. */
const roomy = 1.25;

/** Whether a view that moved needs another scale than was painted. */
export function outgrows(view: Box, boxes: readonly PlacedBox[], { scale, origin }: MinimapScale): boolean {
  const inside =
    view.x >= origin.x &&
    view.y >= origin.y &&
    view.x + view.width <= origin.x + minimapSize.width / scale &&
    view.y + view.height <= origin.y + minimapSize.height / scale;
  if (!inside) return true;
  const bounds = boundsOf(boxes);
  return minimapScale(bounds ? around(bounds, view) : view, minimapSize).scale > roomy * scale;
}

/** The tokens differ by theme, so they are read from the page and not known here. */
function colourOf(canvas: HTMLCanvasElement, hue: MinimapHue): string {
  const sample = canvas.parentElement?.querySelector(`i[data-hue="${hue}"]`);
  return sample ? getComputedStyle(sample).color : 'gray';
}
