'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const NewFact = lazyPart(async () => (await import('./new-fact.tsx')).NewFact);

/** Opens the form that states a fact. */
export function FactButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" icon={<Plus size={14} />} onClick={() => setOpen(true)}>
        State a fact
      </Button>
      {open && <NewFact onClose={() => setOpen(false)} />}
    </>
  );
}
