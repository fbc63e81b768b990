'use client';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const ForgetEntity = lazyPart(async () => (await import('./forget-entity.tsx')).ForgetEntity);

/** What can be done with an entity as a whole. */
export function EntityActions({ id, name }: { id: string; name: string }) {
  const [forgetting, setForgetting] = useState(false);
  return (
    <span className="ml-auto">
      <Button variant="danger" size="sm" icon={<Trash2 size={14} />} onClick={() => setForgetting(true)}>
        Forget
      </Button>
      {forgetting && <ForgetEntity id={id} name={name} onClose={() => setForgetting(false)} />}
    </span>
  );
}
