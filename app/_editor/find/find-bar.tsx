'use client';
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { useGraph, useSession, useUi } from '../session/context.ts';
import type { Find } from '../session/ui-store.ts';
import { closeFind, findText, stepFind } from './find.ts';

/** How long typing rests before the canvas goes to what was found. */
const restMs = 180;

/** Finds in the drawing: names, ids, configuration, prompts, expressions, notes, comments, groups. */
export function FindBar() {
  const find = useUi((ui) => ui.find);
  return find ? <OpenBar find={find} /> : null;
}

function OpenBar({ find }: { find: Find }) {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const { query, hits, at, turn } = find;
  useEffect(() => {
    if (turn > 0) input.current?.select();
  }, [turn]);
  useFollowing(query);
  const step = (by: 1 | -1) => () => stepFind(session, by);
  return (
    <search className="sg-float sg-find" aria-label="Find in the drawing">
      <div className="flex h-9 items-center gap-1.5 pr-1 pl-2.5">
        <Search size={14} className="flex-none text-fg-3" aria-hidden="true" />
        <input
          ref={input}
          aria-label="Find in the drawing"
          placeholder="Find names, prompts, expressions, notes …"
          className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-fg-3 focus-visible:shadow-none"
          value={query}
          onChange={(event) => findText(session, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') stepFind(session, event.shiftKey ? -1 : 1);
            if (event.key === 'Escape') closeFind(session);
            if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
          }}
        />
        <span className="flex-none text-12 whitespace-nowrap text-fg-2 tabular-nums" role="status">
          {countText(find)}
        </span>
        <IconButton label="The one before" keys="⇧↵" size="sm" disabled={hits.length === 0} onClick={step(-1)}>
          <ChevronUp size={14} />
        </IconButton>
        <IconButton label="The next one" keys="↵" size="sm" disabled={hits.length === 0} onClick={step(1)}>
          <ChevronDown size={14} />
        </IconButton>
        <IconButton label="Close Find" keys="Esc" size="sm" onClick={() => closeFind(session)}>
          <X size={14} />
        </IconButton>
      </div>
      <Where find={find} at={at} />
    </search>
  );
}

/** Where the hit stands that is looked at. */
function Where({ find: { hits }, at }: { find: Find; at: number }) {
  const hit = hits[at];
  if (!hit) return null;
  const { before, match, after } = hit.snippet;
  return (
    <p className="border-t border-line px-2.5 py-1.5 text-12 break-words text-fg-2">
      <span className="font-medium text-fg">{hit.name}</span> · {hit.field}
      <br />
      <span>
        {before}
        <mark>{match}</mark>
        {after}
      </span>
    </p>
  );
}

function countText({ query, hits, at }: Find): string {
  if (query.trim() === '') return '';
  return hits.length === 0 ? 'Nothing found' : `${at + 1} of ${hits.length}`;
}

/** The canvas steps back around what is found, and goes to the hit once typing rests; edits are looked through again. */
function useFollowing(query: string): void {
  const session = useSession();
  const graph = useGraph((whole) => whole);
  const looked = useRef(graph);
  useEffect(() => {
    if (query.trim() === '') return;
    const timer = setTimeout(() => stepFind(session, 0), restMs);
    return () => clearTimeout(timer);
  }, [session, query]);
  useEffect(() => {
    if (looked.current === graph) return;
    looked.current = graph;
    findText(session, session.ui.getState().find?.query ?? '');
  }, [session, graph]);
}
