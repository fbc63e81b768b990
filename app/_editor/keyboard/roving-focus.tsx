'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { nodeIdOf } from '#app/_canvas/flow-elements.ts';
import { select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { nextInReadingOrder } from './neighbours.ts';
import { spokenNode } from './walk.ts';

/**
 * The canvas is one stop of the Tab key, however many nodes it has: the selected node, else the first as one reads.
 * Straight into the DOM, so that no card renders for it.
 */
export function RovingFocus() {
  const session = useSession();
  const flow = useStoreApi();
  useEffect(() => {
    const root = flow.getState().domNode;
    if (!root) return;
    let stop: HTMLElement | null = null;
    let pending = 0;
    const place = () => {
      pending = 0;
      const next = elementAt(root, stopOf(session));
      if (next === stop) return;
      stop?.removeAttribute('tabindex');
      next?.setAttribute('tabindex', '0');
      stop = next;
    };
    const soon = () => {
      pending ||= requestAnimationFrame(place);
    };
    const onFocus = ({ target }: FocusEvent) => name(session, target);
    const onKeyDown = (event: KeyboardEvent) => onKey(session, event);
    root.addEventListener('focusin', onFocus);
    root.addEventListener('keydown', onKeyDown);
    const forget = [session.ui.subscribe(soon), session.document.store.subscribe(soon), flow.subscribe(soon)];
    soon();
    return () => {
      cancelAnimationFrame(pending);
      root.removeEventListener('focusin', onFocus);
      root.removeEventListener('keydown', onKeyDown);
      for (const stopListening of forget) stopListening();
    };
  }, [session, flow]);
  return null;
}

function stopOf(session: EditorSession): string | null {
  const [selected] = session.ui.getState().selection.nodes;
  return selected ?? nextInReadingOrder(session.document.store.getState().graph, null, 1);
}

function elementAt(root: HTMLElement, nodeId: string | null): HTMLElement | null {
  return nodeId === null ? null : root.querySelector(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`);
}

const names = new WeakMap<Element, string>();

/** A node that gets the focus is called by how it goes, too. */
function name(session: EditorSession, target: EventTarget | null): void {
  const node = nodeOf(target);
  const nodeId = node && nodeIdOf(node.dataset.id ?? '');
  if (!node || !nodeId) return;
  const known = names.get(node) ?? node.getAttribute('aria-label') ?? nodeId;
  names.set(node, known);
  node.setAttribute('aria-label', spokenNode(session, nodeId, known));
}

/** Enter and Space select a node that has the focus and is not selected. */
function onKey(session: EditorSession, event: KeyboardEvent): void {
  const node = nodeOf(event.target);
  const nodeId = node && nodeIdOf(node.dataset.id ?? '');
  if (!nodeId || (event.key !== 'Enter' && event.key !== ' ')) return;
  if (session.ui.getState().selection.nodes.includes(nodeId)) return;
  event.preventDefault();
  select(session, { nodes: [nodeId] });
}

function nodeOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement && target.classList.contains('react-flow__node') ? target : null;
}
