'use client';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const MissedDialog = lazyPart(async () => (await import('./missed-dialog.tsx')).MissedDialog);

/** Where something should have been found and was not. */
export function Missed({ query }: { query: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-center gap-2 px-6 py-4 text-12 text-fg-2 max-phone:px-4">
      Is something missing that memory holds?
      <Button size="sm" icon={<Search size={14} />} onClick={() => setOpen(true)}>
        Mark what should be found
      </Button>
      {open && <MissedDialog query={query} onClose={() => setOpen(false)} />}
    </div>
  );
}
