'use client';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { definitions } from '#app/_canvas/definitions.ts';
import { Kbd } from '#app/_ui/kbd.tsx';
import { addNode } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import { Entry } from './entry.tsx';
import { favourites } from './favourites.ts';
import { type Found, libraryGroups, unsearched } from './groups.ts';
import { walkEntries } from './walk.ts';

type Finder = (query: string) => Found[];

/** The search comes with the first need of it: a pipeline opens without. */
const loadSearch = async (): Promise<Finder> => {
  const { searchLibrary } = await import('./search.ts');
  return (query) => searchLibrary(definitions.values(), query);
};

/** All node types: drag one onto the canvas, or Enter and double-click put it behind what is selected. */
export function Library({ onInserted }: { onInserted?: () => void }) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const [search, setSearch] = useState<Finder | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const starred = useStore(favourites().store);
  const sections = useMemo(() => sectionsOf({ query, starred, search }), [query, starred, search]);
  const best = sections[0]?.found[0];
  const searching = query.trim() !== '';
  const insert = (type: string) => {
    void addNode(session, type).then(() => onInserted?.());
  };
  const begin = () => void loadSearch().then((loaded) => setSearch(() => loaded));
  const insertBest = async () => {
    const [found] = (await loadSearch())(query);
    if (!found) return;
    insert(found.declaration.type);
    setQuery('');
  };
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && searching) void insertBest();
    else if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[data-entry]')?.focus();
    else if (event.key === 'Escape' && searching) setQuery('');
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
          onFocus={begin}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <Kbd>{searching ? '↵' : 'N'}</Kbd>
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the buttons that it holds */}
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-2 pb-2" onKeyDown={walkEntries}>
        {sections.map(({ title, found }) => (
          <section key={title} aria-label={title}>
            <h2 className="mt-[7px] mb-px flex justify-between px-2 text-11 font-medium text-fg-3">
              {title}
              <span>{found.length}</span>
            </h2>
            <ul>
              {found.map((one) => (
                <Entry
                  key={one.declaration.type}
                  found={one}
                  starred={starred.includes(one.declaration.type)}
                  chosen={searching && one === best}
                  reachable={one === best}
                  onInsert={insert}
                />
              ))}
            </ul>
          </section>
        ))}
        {sections.length === 0 && (
          <p className="px-2 py-4 text-12 text-fg-3">
            No node is called that. Try what it should do, for example “mail”.
          </p>
        )}
      </div>
    </nav>
  );
}

type Section = { title: string; found: Found[] };
type Wanted = { query: string; starred: readonly string[]; search: Finder | null };

/** Favourites, then the categories; with a query all that it finds, best first. */
function sectionsOf({ query, starred, search }: Wanted): Section[] {
  if (query.trim() !== '' && search) {
    const found = search(query);
    return found.length === 0 ? [] : [{ title: 'Found', found }];
  }
  const kept = starred.flatMap((type) => definitions.get(type) ?? []);
  const own = kept.length === 0 ? [] : [{ title: 'Favourites', found: unsearched(kept) }];
  const groups = libraryGroups(definitions).map(({ title, entries }) => ({ title, found: unsearched(entries) }));
  return [...own, ...groups];
}
