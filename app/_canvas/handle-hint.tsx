'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';

type Hint = { title: string; type: string; next: string | null; x: number; y: number; left: boolean };

const delayMs = 140;

/** What goes along with a handle, in words, beside the handle that the pointer is on. One for the whole canvas. */
export function HandleHint() {
  const flow = useStoreApi();
  const [hint, setHint] = useState<Hint | null>(null);
  useEffect(() => {
    const { domNode } = flow.getState();
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setHint(null);
    };
    const onOver = (event: PointerEvent) => {
      const handle = event.target instanceof Element ? event.target.closest<HTMLElement>('.sg-handle') : null;
      if (!handle || event.pointerType === 'touch' || domNode?.hasAttribute('data-wiring')) return hide();
      clearTimeout(timer);
      timer = setTimeout(() => setHint(hintOf(handle)), delayMs);
    };
    const options = { signal: ended.signal, capture: true };
    domNode?.addEventListener('pointerover', onOver, options);
    for (const kind of ['pointerdown', 'wheel']) domNode?.addEventListener(kind, hide, options);
    domNode?.addEventListener('pointerleave', hide, { signal: ended.signal });
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [flow]);
  if (!hint) return null;
  return (
    <div role="tooltip" className={`sg-hint ${hint.left ? 'is-left' : ''}`} style={{ left: hint.x, top: hint.y }}>
      <b>{hint.title}</b>
      <span>{hint.type}</span>
      {hint.next && <i>{hint.next}</i>}
    </div>
  );
}

function hintOf(handle: HTMLElement): Hint {
  const box = handle.getBoundingClientRect();
  const left = handle.classList.contains('target');
  const { hint = '', hintTitle = '' } = handle.dataset;
  const offset = 14;
  return {
    title: hintTitle,
    type: hint,
    next: handle.classList.contains('connectable') ? nextOf(left) : null,
    x: left ? box.left - offset : box.right + offset,
    y: box.top + box.height / 2,
    left,
  };
}

function nextOf(input: boolean): string {
  return input ? 'Drag to what comes before, or click' : 'Drag to what follows, or click';
}
