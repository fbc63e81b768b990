import type { MouseEvent } from 'react';
import { openPicker } from '../connect/open-picker.ts';
import type { Position } from '../document/command.ts';
import type { EditorSession } from '../session/session.ts';
import { askWhatGoesThere, dropOnCard } from './use-wiring.ts';
import type { WireGesture } from './wire-gesture.ts';

type Hands = {
  session: EditorSession;
  gesture: WireGesture;
  toFlow: (screen: Position) => Position;
  giveUp: () => void;
};

/**
 * Clicks and taps while wires are drawn. A click of the mouse on a handle asks what goes there. A finger draws a wire
 * in two taps: on a handle, then on a card or on its handle; on empty canvas it asks what goes there.
 */
export function tapHandle(event: MouseEvent, { session, gesture, toFlow, giveUp }: Hands): void {
  const target = event.target as Element;
  const handle = target.closest<HTMLElement>('.sg-handle');
  const screen = { x: event.clientX, y: event.clientY };
  const wire = gesture.store.getState();
  if (wire?.by === 'tap') {
    event.stopPropagation();
    const under = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
    if (under !== undefined) dropOnCard(session, gesture, { under, outcome: sourceOf(handle)?.outcome ?? null });
    else if (target.classList.contains('react-flow__pane'))
      askWhatGoesThere(session, wire, { screen, flow: toFlow(screen) });
    giveUp();
    return;
  }
  if (!handle?.classList.contains('connectable') || byFinger(event)) return;
  event.stopPropagation();
  const box = handle.getBoundingClientRect();
  const at = { screen: { x: box.x + box.width / 2, y: box.y + box.height / 2 } };
  const source = sourceOf(handle);
  const { nodeid = '' } = handle.dataset;
  if (source) openPicker(session, { kind: 'after', wire: source }, at);
  else openPicker(session, { kind: 'before', to: nodeid }, at);
}

function sourceOf(handle: HTMLElement | null): { from: string; outcome: string } | null {
  if (!handle?.classList.contains('source')) return null;
  const { nodeid = '', handleid = '' } = handle.dataset;
  return { from: nodeid, outcome: handleid };
}

function byFinger({ nativeEvent }: MouseEvent): boolean {
  return 'pointerType' in nativeEvent ? nativeEvent.pointerType === 'touch' : matchMedia('(pointer: coarse)').matches;
}
