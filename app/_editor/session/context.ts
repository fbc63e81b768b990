'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { throttle } from '#app/_runs/throttle.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { ProblemsState } from '../compile/problems.ts';
import type { LiveRunsState } from '../live/live-runs.ts';
import type { SaveState } from '../saving/autosave.ts';
import type { JournalState } from '../saving/journal.ts';
import type { EditorSession } from './session.ts';
import type { UiState } from './ui-store.ts';

const calmMs = 250;

export const SessionContext = createContext<EditorSession | null>(null);

/** The open pipeline. */
export function useSession(): EditorSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This belongs inside the editor.');
  return session;
}

/** Part of the document; renders again when that part changes. */
export function useGraph<Part>(select: (graph: Graph) => Part): Part {
  return useStore(useSession().document.store, (state) => select(state.graph));
}

export function useUi<Part>(select: (ui: UiState) => Part): Part {
  return useStore(useSession().ui, select);
}

export function useProblems<Part>(select: (problems: ProblemsState) => Part): Part {
  return useStore(useSession().problems.store, select);
}

/** How runs stand, for what stands around the canvas: calmly, because a panel is no animation. The canvas has its own store. */
export function useLive<Part>(select: (live: LiveRunsState) => Part): Part {
  const { store } = useSession().live;
  const subscribe = useCallback(
    (listener: () => void) => {
      const calm = throttle(listener, calmMs);
      const unsubscribe = store.subscribe((state, before) =>
        state.chosen === before.chosen ? calm.call() : listener(),
      );
      return () => {
        unsubscribe();
        calm.stop();
      };
    },
    [store],
  );
  const read = () => select(store.getState());
  return useSyncExternalStore(subscribe, read, read);
}

export function useSaveState(): SaveState {
  return useStore(useSession().autosave.store);
}

/** Whether this browser keeps what is edited. */
export function useJournalState(): JournalState {
  return useStore(useSession().journal.state);
}

/** Whether there is something to undo and to redo, and what it is called. */
export function useHistory(): { undo: string | null; redo: string | null } {
  const { store } = useSession().document;
  const undo = useStore(store, (state) => state.past.at(-1)?.label ?? null);
  const redo = useStore(store, (state) => state.future.at(-1)?.label ?? null);
  return { undo, redo };
}
