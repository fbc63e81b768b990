'use client';
import { Button } from './button.tsx';

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** Below a list that is read page by page, the newest first; nothing where all of it is there. */
export function OlderButton({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className="grid place-items-center py-4">
      <Button busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
        Show older ones
      </Button>
    </div>
  );
}
