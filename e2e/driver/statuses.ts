import type { Page } from '@playwright/test';

type Seen = Record<string, string[]>;
type Watching = typeof globalThis & { sgSeen?: Seen };

/** From now on notes every status that a node's card shows in the DOM. */
export async function watchStatuses(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen = {};
    (globalThis as Watching).sgSeen = seen;
    const note = (card: Element): void => {
      const { node = '', status = '' } = (card as HTMLElement).dataset;
      const list = seen[node] ?? [];
      seen[node] = list;
      if (list.at(-1) !== status) list.push(status);
    };
    document.querySelectorAll('[data-node][data-status]').forEach(note);
    const noteAll = (records: MutationRecord[]): void => {
      for (const { target } of records) note(target as Element);
    };
    new MutationObserver(noteAll).observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ['data-status'],
    });
  });
}

/** Statuses in the order in which each node's card showed them. */
export async function seenStatuses(page: Page): Promise<Seen> {
  return await page.evaluate(() => (globalThis as Watching).sgSeen ?? {});
}
