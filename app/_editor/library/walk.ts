import type { KeyboardEvent } from 'react';

/** Up and down walk through the entries, right and left to an entry's star and back. From the first, up is the search. */
export function walkEntries(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const row = target.closest('li');
  const at = entries.findIndex((entry) => row?.contains(entry));
  const goal = goalOf(event.key, { entries, at, row });
  if (!goal) return;
  goal.focus();
  event.preventDefault();
}

type Place = { entries: HTMLElement[]; at: number; row: Element | null };

function goalOf(key: string, { entries, at, row }: Place): HTMLElement | null | undefined {
  switch (key) {
    case 'ArrowDown':
      return entries[at + 1];
    case 'ArrowUp':
      return at <= 0 ? document.querySelector<HTMLElement>('[data-library-search]') : entries[at - 1];
    case 'Home':
      return entries[0];
    case 'End':
      return entries.at(-1);
    case 'ArrowRight':
      return row?.querySelector<HTMLElement>('[data-star]');
    case 'ArrowLeft':
      return row?.querySelector<HTMLElement>('[data-entry]');
    default:
      return null;
  }
}
