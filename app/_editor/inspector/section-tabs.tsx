'use client';
import { type ReactNode, type RefObject, useCallback, useEffect, useRef } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { useSession, useUi } from '../session/context.ts';
import type { InspectorSection } from '../session/ui-store.ts';
import { useNode } from './node-context.ts';

const tabs: { name: InspectorSection; title: string }[] = [
  { name: 'configure', title: 'Configure' },
  { name: 'data', title: 'Data' },
  { name: 'provenance', title: 'Provenance' },
  { name: 'spend', title: 'Spend' },
  { name: 'history', title: 'History' },
];

/** Five anchors into one scroll: a tab goes to its part, scrolling marks the tab of the part that is seen. */
export function SectionTabs({ children }: { children: ReactNode }) {
  const session = useSession();
  const section = useUi((ui) => ui.section);
  const scroller = useRef<HTMLDivElement>(null);
  const { hold, release, isHeld } = useHeld(scroller);
  const goTo = useCallback(
    (name: InspectorSection) => {
      hold(name);
      session.ui.setState({ section: name });
    },
    [session, hold],
  );
  useEffect(() => {
    const { section: wanted } = session.ui.getState();
    if (wanted !== 'configure') goTo(wanted);
  }, [session, goTo]);
  useWantedField(scroller, release);
  return (
    <>
      <nav
        aria-label="Parts of the inspector"
        className="flex h-8 flex-none justify-between gap-2 border-b border-line px-4 text-12 font-medium text-fg-2 max-phone:h-11"
      >
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            aria-current={section === name ? 'true' : undefined}
            onClick={() => goTo(name)}
            className={cn(
              'focus-inset h-full hover:text-fg',
              section === name && 'text-fg shadow-[inset_0_-2px_var(--accent)]',
            )}
          >
            {title}
          </button>
        ))}
      </nav>
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-y-auto"
        onScroll={() => {
          if (isHeld()) return;
          const seen = seenSection(scroller.current);
          if (seen && seen !== session.ui.getState().section) session.ui.setState({ section: seen });
        }}
      >
        <div>
          {children}
          <div className="h-24" />
        </div>
      </div>
    </>
  );
}

/** Keeps the part that was gone to at the top while what stands above it is still being loaded: until a hand scrolls. */
function useHeld(scroller: RefObject<HTMLDivElement | null>) {
  const held = useRef<InspectorSection | null>(null);
  const show = useCallback(() => {
    const target = scroller.current?.querySelector<HTMLElement>(`[data-section="${held.current}"]`);
    const top = target ? target.offsetTop - (scroller.current?.offsetTop ?? 0) : 0;
    if (held.current !== null) scroller.current?.scrollTo({ top });
  }, [scroller]);
  const release = useCallback(() => {
    held.current = null;
  }, []);
  useEffect(() => {
    const content = scroller.current?.firstElementChild;
    if (!content) return;
    const stopped = new AbortController();
    for (const hand of ['wheel', 'pointerdown', 'keydown'])
      scroller.current?.addEventListener(hand, release, { signal: stopped.signal, passive: true });
    const observer = new ResizeObserver(show);
    observer.observe(content);
    return () => {
      stopped.abort();
      observer.disconnect();
    };
  }, [scroller, show, release]);
  const hold = useCallback(
    (name: InspectorSection) => {
      held.current = name;
      show();
    },
    [show],
  );
  const isHeld = () => held.current !== null;
  return { hold, release, isHeld };
}

function seenSection(scroller: HTMLElement | null): InspectorSection | null {
  if (!scroller) return null;
  const line = scroller.scrollTop + 24;
  const parts = [...scroller.querySelectorAll<HTMLElement>('[data-section]')];
  const seen = parts.filter((part) => part.offsetTop - scroller.offsetTop <= line).at(-1);
  return tabs.find(({ name }) => name === seen?.dataset.section)?.name ?? null;
}

/** Brings the field that a problem names into view and to hand. */
function useWantedField(scroller: RefObject<HTMLDivElement | null>, release: () => void): void {
  const { node } = useNode();
  const wanted = useUi((ui) => ui.field);
  useEffect(() => {
    if (!wanted || wanted.nodeId !== node.id) return;
    release();
    const fields = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
    const target = fields
      .filter((field) => wanted.field.startsWith(field.dataset.field ?? '\0'))
      .sort((a, b) => (b.dataset.field?.length ?? 0) - (a.dataset.field?.length ?? 0))[0];
    target?.closest('details')?.setAttribute('open', '');
    target?.scrollIntoView({ block: 'center' });
    target?.querySelector<HTMLElement>('.cm-content, input, textarea, [role="combobox"], button')?.focus();
  }, [wanted, node.id, scroller, release]);
}
