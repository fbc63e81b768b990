'use client';
import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';

const gap = 16;

/**
 * The dots behind the drawing: one picture that is moved, not painted again, while the canvas is panned. (React Flow's
 * own are a pattern of SVG, which costs more to paint than everything on it.)
 */
export function Dots() {
  const store = useStoreApi();
  const ground = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let shown = Number.NaN;
    const follow = () => {
      const {
        transform: [x, y, zoom],
      } = store.getState();
      const style = ground.current?.style;
      if (!style) return;
      const step = gap * zoom;
      style.transform = `translate(${(x % step) - step}px, ${(y % step) - step}px)`;
      if (zoom === shown) return;
      shown = zoom;
      style.backgroundSize = `${step}px ${step}px`;
      style.setProperty('--dot-radius', `${zoom}px`);
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
