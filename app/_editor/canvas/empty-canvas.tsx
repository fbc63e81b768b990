'use client';
import { Plus } from 'lucide-react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { addNode } from '../session/actions.ts';
import { useSession } from '../session/context.ts';

/** What stands on an empty canvas: how a pipeline begins. */
export function EmptyCanvas() {
  const session = useSession();
  const triggers = [...definitions.values()].filter(({ kind }) => kind === 'trigger');
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center">
      <div className="pointer-events-auto grid max-w-96 gap-3 rounded-float border border-line bg-raised p-5 shadow-pop">
        <p className="text-14 font-semibold">What starts this pipeline?</p>
        <p className="text-fg-2">
          Begin with a trigger, then press Tab, or drag from its outcome, to say what follows.
        </p>
        <div className="grid gap-1">
          {triggers.map(({ type, title, description, category, icon }) => (
            <button
              key={type}
              type="button"
              className="flex items-center gap-2 rounded-control px-2 py-1.5 text-left hover:bg-hover max-phone:min-h-11"
              onClick={() => void addNode(session, type)}
            >
              <CategoryTile category={category} icon={icon} />
              <span className="min-w-0">
                <b className="block">{title}</b>
                <span className="block text-12 text-fg-2">{description}</span>
              </span>
            </button>
          ))}
        </div>
        <Button
          icon={<Plus size={14} />}
          className="justify-self-start max-phone:hidden"
          onClick={() => document.querySelector<HTMLInputElement>('[data-library-search]')?.focus()}
        >
          Choose from the library
        </Button>
      </div>
    </div>
  );
}
