'use client';
import { useSearchParams } from 'next/navigation';
import { createContext, useCallback, useContext } from 'react';

/** The value whose lineage is looked at. `pointer` (RFC 6901) names the part of it; '' is the whole. */
export type LineageAt = { of: 'input' | 'output'; state: string; path: string; pointer: string };

/** The pointer to a member of a value. */
export function pointerOf(member: string): string {
  return `/${member.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

/** As it stands in an address. */
export function lineageText({ of, state, path, pointer }: LineageAt): string {
  return [of, state, path, pointer].join('|');
}

/** Reads it from an address; null: it names none. */
export function readLineageAt(text: string | null): LineageAt | null {
  const [of, state, path, ...pointer] = (text ?? '').split('|');
  if ((of !== 'input' && of !== 'output') || !state || path === undefined) return null;
  return { of, state, path, pointer: pointer.join('|') };
}

/** The lineage that the address names, and what changes that; the page is not left. */
export function useLineageAt(): { at: LineageAt | null; open: (at: LineageAt | null) => void } {
  const search = useSearchParams();
  const text = search.get('lineage');
  const open = useCallback((at: LineageAt | null) => {
    const url = new URL(window.location.href);
    if (at) url.searchParams.set('lineage', lineageText(at));
    else url.searchParams.delete('lineage');
    window.history.pushState(null, '', url);
  }, []);
  return { at: readLineageAt(text), open };
}

/** Asks where a value comes from; null: it cannot be asked here. */
export const AskLineage = createContext<((at: LineageAt) => void) | null>(null);

/** For the values of one step: asks where one of them comes from; null: it cannot be asked here. */
export function useAskLineage(step: { state: string; path: string }) {
  const ask = useContext(AskLineage);
  if (!ask) return null;
  return (of: LineageAt['of'], pointer: string) => ask({ of, state: step.state, path: step.path, pointer });
}
