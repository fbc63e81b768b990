'use client';
import { usePathname } from 'next/navigation';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { useSession } from '../session/context.ts';
import { historyAddress } from './refs.ts';

const HistoryPage = lazyPart(async () => (await import('./history-page.tsx')).HistoryPage);

/** Whether the address asks for the history. The editor stays open below it, so that nothing of it is lost. */
export function useHistoryIsOpen(): boolean {
  return usePathname() === historyAddress(useSession(), { kind: 'list' });
}

/** The history over the editor, where the address asks for it. */
export function HistoryLayer({ published }: { published: number | null }) {
  return useHistoryIsOpen() ? <HistoryPage published={published} /> : null;
}
