'use client';
import { Search } from 'lucide-react';
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import { addNode } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import { dragMime } from './drag.ts';
import { bestMatches, libraryGroups } from './search.ts';

/** All node types: drag one onto the canvas, or Enter and double-click put it behind what is selected. */
export function Library({ onInserted }: { onInserted?: () => void }) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => libraryGroups(definitions, query), [query]);
  const insert = (type: string) => {
    void addNode(session, type).then(() => onInserted?.());
  };
  const onSearchKey = (event: KeyboardEvent) => {
    const [best] = bestMatches(definitions, query);
    if (event.key === 'Enter' && best) {
      insert(best.type);
      setQuery('');
    } else if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[data-entry]')?.focus();
    else if (event.key === 'Escape') event.currentTarget instanceof HTMLElement && event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
  return (
    <nav className="flex h-full min-h-0 flex-col bg-bg" aria-label="Node library">
      <label className="m-2 mb-1.5 flex h-7 flex-none items-center gap-2 rounded-control bg-panel px-2 text-12 text-fg-3 ring-1 ring-line ring-inset focus-within:ring-2 focus-within:ring-accent max-phone:h-11">
        <Search size={14} strokeWidth={1.9} aria-hidden="true" />
        <input
          data-library-search
          aria-label="Add a node"
          className="min-w-0 flex-1 bg-transparent text-fg outline-none placeholder:text-fg-3 focus-visible:shadow-none max-phone:text-16"
          placeholder="Add a node"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <Kbd>N</Kbd>
      </label>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {groups.map(({ category, title, entries }) => (
          <section key={category} aria-label={title}>
            <h2 className="mt-[7px] mb-px flex justify-between px-2 text-11 font-medium text-fg-3">
              {title}
              <span>{entries.length}</span>
            </h2>
            <ul>
              {entries.map((declaration) => (
                <Entry key={declaration.type} declaration={declaration} onInsert={insert} />
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="px-2 py-4 text-12 text-fg-3">No node is called that.</p>}
      </div>
    </nav>
  );
}

type EntryProps = { declaration: AnyNodeDeclaration; onInsert: (type: string) => void };

const Entry = memo(function Entry({ declaration, onInsert }: EntryProps) {
  const { type, title, description, category, icon } = declaration;
  return (
    <li>
      <button
        type="button"
        data-entry={type}
        draggable
        title={description}
        className="focus-inset flex h-6 w-full cursor-grab items-center gap-2 rounded-control px-1.5 text-left text-12 hover:bg-hover max-phone:h-11"
        onDragStart={(event) => {
          event.dataTransfer.setData(dragMime, type);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onKeyDown={walk}
        onDoubleClick={() => onInsert(type)}
        onClick={(event) => {
          if (event.detail === 0 || matchMedia('(pointer: coarse)').matches) onInsert(type);
        }}
      >
        <CategoryTile category={category} icon={icon} size="s" className="size-[18px]" />
        <span className="truncate">{title}</span>
      </button>
    </li>
  );
});

/** Up and down walk through the entries. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const list = event.currentTarget.closest('nav');
  const entries = [...(list?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
  const at = entries.indexOf(event.currentTarget);
  entries[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}
