'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { farZoom, remoteZoom } from './geometry.ts';

/**
 * Marks the canvas `data-far` below 60 % zoom, `data-remote` where titles no longer fit, and tells it the inverse of the zoom, so that titles keep their size.
 * Straight into the DOM: zooming must not render a thousand cards.
 */
export function LevelOfDetail() {
  const store = useStoreApi();
  useEffect(() => {
    let shownZoom = -1;
    const apply = () => {
      const { domNode, transform } = store.getState();
      const zoom = transform[2];
      if (!domNode || zoom === shownZoom) return;
      shownZoom = zoom;
      domNode.toggleAttribute('data-far', zoom < farZoom);
      domNode.toggleAttribute('data-remote', zoom < remoteZoom);
      if (zoom < farZoom) domNode.style.setProperty('--unzoom', String(1 / zoom));
    };
    apply();
    return store.subscribe(apply);
  }, [store]);
  return null;
}
