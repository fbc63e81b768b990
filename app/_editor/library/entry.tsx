'use client';
import { Star } from 'lucide-react';
import { memo } from 'react';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import { startDrag } from './drag.ts';
import { favourites } from './favourites.ts';
import type { Found } from './groups.ts';
import { MarkedText } from './marked-text.tsx';

type Props = {
  found: Found;
  starred: boolean;
  /** Enter in the search puts this one in. */
  chosen: boolean;
  /** The Tab key comes to this one; arrows lead to the others. */
  reachable: boolean;
  onInsert: (type: string) => void;
};

/** One node type of the library: to be dragged, double-clicked, entered or starred. */
export const Entry = memo(function Entry({ found, starred, chosen, reachable, onInsert }: Props) {
  const { type, title, description, category, icon } = found.declaration;
  return (
    <li className="group relative">
      <Tooltip text={description} side="right">
        <button
          type="button"
          data-entry={type}
          draggable
          tabIndex={reachable ? 0 : -1}
          className={cn(
            'focus-inset flex min-h-6 w-full cursor-grab items-center gap-2 rounded-control py-0.5 pr-7 pl-1.5 text-left text-12 hover:bg-hover max-phone:min-h-11',
            chosen && 'bg-hover',
          )}
          onDragStart={(event) => startDrag(event.dataTransfer, type, event.currentTarget)}
          onDoubleClick={() => onInsert(type)}
          onClick={(event) => {
            if (event.detail === 0 || matchMedia('(pointer: coarse)').matches) onInsert(type);
          }}
        >
          <CategoryTile category={category} icon={icon} size="s" className="size-[18px]" />
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <MarkedText pieces={found.title} />
            </span>
            {found.description && (
              <span className="line-clamp-2 text-11 text-fg-3">
                <MarkedText pieces={found.description} />
              </span>
            )}
          </span>
        </button>
      </Tooltip>
      <button
        type="button"
        data-star={type}
        tabIndex={-1}
        aria-pressed={starred}
        aria-label={`Favourite: ${title}`}
        title={starred ? 'No longer a favourite' : 'Keep at the top'}
        className={cn(
          'focus-inset absolute top-0.5 right-1 grid size-5 place-items-center rounded-chip text-fg-3 hover:text-fg max-phone:top-0 max-phone:size-11',
          !starred && 'opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 pointer-coarse:opacity-100',
        )}
        onClick={() => favourites().toggle(type)}
      >
        <Star size={13} strokeWidth={1.9} className={starred ? 'fill-accent text-accent' : ''} aria-hidden="true" />
      </button>
    </li>
  );
});
