'use client';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const ItemDialog = lazyPart(async () => (await import('#app/_memory/item-dialog.tsx')).ItemDialog);

type Props = {
  itemId: string;
  passageId: string | null;
  /** Memory still holds it. */
  there: boolean;
  className?: string;
  title?: string;
  children: ReactNode;
};

/** A link to a passage of a document: it opens over the page, or as a page of its own in another tab. */
export function PassageLink({ itemId, passageId, there, className, title, children }: Props) {
  const to = useTo();
  const [open, setOpen] = useState(false);
  if (!there)
    return (
      <span className={className} title="Memory does not hold it any more">
        {children}
      </span>
    );
  const query = new URLSearchParams({ item: itemId, ...(passageId ? { passage: passageId } : {}) });
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      <a href={`${to('memory')}?${query}`} onClick={follow} data-go="" className={className} title={title}>
        {children}
      </a>
      {open && <ItemDialog id={itemId} passage={passageId} onClose={() => setOpen(false)} />}
    </>
  );
}
