'use client';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const MissedDialog = lazyPart(async () => (await import('./missed-dialog.tsx')).MissedDialog);

/** Where something should have been found and was not: in the middle of a page, or within a panel that has its own margins. */
export function Missed({ query, within = 'page' }: { query: string; within?: 'page' | 'panel' }) {
  const [open, setOpen] = useState(false);
  return (
    <div
      className={cn(
        'flex flex-wrap items-center gap-2 text-12 text-fg-2',
        within === 'page' ? 'justify-center px-6 py-4 max-phone:px-4' : 'pt-2',
      )}
    >
      Is something missing that memory holds?
      <Button size="sm" icon={<Search size={14} />} onClick={() => setOpen(true)}>
        Mark what should be found
      </Button>
      {open && <MissedDialog query={query} onClose={() => setOpen(false)} />}
    </div>
  );
}
