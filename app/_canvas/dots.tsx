'use client';
import { useStoreApi } from '@xyflow/react';
import { useTheme } from 'next-themes';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const gap = 16;
/** Pixels of the picture for one of the drawing: it stays sharp at twice its size. */
const density = 2;

/**
 * The dots behind the drawing: a small picture, repeated, that is moved and scaled with the view and never painted again.
 * (React Flow's own are a pattern of SVG, which costs more to paint than everything that stands on it.)
 */
export function Dots() {
  const store = useStoreApi();
  const ground = useRef<HTMLDivElement>(null);
  usePicture(ground);
  useLayoutEffect(() => {
    let shown: readonly number[] = [];
    const follow = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const style = ground.current?.style;
      if (!style) return;
      const step = gap * zoom;
      style.transform = `translate(${(x % step) - step}px, ${(y % step) - step}px) scale(${zoom})`;
      const size = [width / zoom + 2 * gap, height / zoom + 2 * gap];
      if (size.every((value, side) => value === shown[side])) return;
      shown = size;
      style.width = `${size[0]}px`;
      style.height = `${size[1]}px`;
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return (
    <div className="sg-ground-dots" aria-hidden="true">
      <div ref={ground} />
    </div>
  );
}

/** Draws the picture in the colour that the theme gives it. */
function usePicture(ground: RefObject<HTMLDivElement | null>): void {
  const { resolvedTheme } = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another theme the colour is another one
  useEffect(() => {
    // The theme stands on the page a moment after it is known here.
    const frame = requestAnimationFrame(() => {
      const element = ground.current;
      if (!element) return;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = gap * density;
      const context = canvas.getContext('2d');
      if (!context) return;
      context.fillStyle = getComputedStyle(element).color;
      context.arc((gap * density) / 2, (gap * density) / 2, density, 0, 2 * Math.PI);
      context.fill();
      element.style.backgroundImage = `url(${canvas.toDataURL()})`;
    });
    return () => cancelAnimationFrame(frame);
  }, [ground, resolvedTheme]);
}
