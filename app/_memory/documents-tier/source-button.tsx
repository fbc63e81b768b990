'use client';
import { Globe } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const AddSource = lazyPart(async () => (await import('./add-source.tsx')).AddSource);

/** Opens the form that adds an address as a document. */
export function SourceButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" icon={<Globe size={14} />} onClick={() => setOpen(true)}>
        Add a source
      </Button>
      {open && <AddSource onClose={() => setOpen(false)} />}
    </>
  );
}
