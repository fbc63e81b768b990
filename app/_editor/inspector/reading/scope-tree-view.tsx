'use client';
import { ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { brief } from '#app/_ui/brief.ts';
import { cn } from '#app/_ui/cn.ts';
import { childrenOf, type ScopeEntry, typeWords } from './scope-tree.ts';
import { treeAct } from './tree-keys.ts';

type Props = {
  roots: ScopeEntry[];
  /** Results of a search: each with its whole way, closed. */
  flat: boolean;
  onPick: (entry: ScopeEntry) => void;
};

type Row = { entry: ScopeEntry; level: number; children: number; open: boolean };

/** A tree of what may be read. Arrows move and open, Enter and a click insert. */
export function ScopeTree({ roots, flat, onPick }: Props) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [current, setCurrent] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = rowsOf(roots, { isOpen: (entry) => toggled.get(entry.expr) ?? (!flat && opensItself(entry, roots)) });
  const focused = rows.some(({ entry }) => entry.expr === current) ? current : (rows[0]?.entry.expr ?? null);
  const setOpen = (entry: ScopeEntry, open: boolean) => setToggled(new Map(toggled).set(entry.expr, open));
  const onKeyDown = (event: React.KeyboardEvent, at: number) => {
    const act = treeAct(event.key, rows, at);
    const row = rows[at];
    if (!act || !row) return;
    event.preventDefault();
    if (act.kind === 'pick') return onPick(row.entry);
    if (act.kind !== 'go') return setOpen(row.entry, act.kind === 'open');
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[act.to]?.focus();
  };
  return (
    <div ref={tree} role="tree" aria-label="What may be read">
      {rows.map((row, at) => (
        <Line
          key={row.entry.expr}
          row={row}
          flat={flat}
          reachable={row.entry.expr === focused}
          onFocus={() => setCurrent(row.entry.expr)}
          onToggle={() => setOpen(row.entry, !row.open)}
          onPick={() => onPick(row.entry)}
          onKeyDown={(event) => onKeyDown(event, at)}
        />
      ))}
    </div>
  );
}

/** What is nearest is open from the beginning: the item at hand, the first node, what the run is given. */
function opensItself(entry: ScopeEntry, roots: ScopeEntry[]): boolean {
  const firstNode = roots.find(({ expr }) => expr.startsWith('nodes.'));
  return entry.expr === 'item' || entry.expr === 'run.input' || entry.expr === firstNode?.expr;
}

const deepest = 8;

function rowsOf(entries: ScopeEntry[], by: { isOpen: (entry: ScopeEntry) => boolean }, level = 1): Row[] {
  return entries.flatMap((entry) => {
    const children = level < deepest ? childrenOf(entry) : [];
    const open = children.length > 0 && by.isOpen(entry);
    return [{ entry, level, children: children.length, open }, ...(open ? rowsOf(children, by, level + 1) : [])];
  });
}

type LineProps = {
  row: Row;
  flat: boolean;
  reachable: boolean;
  onFocus: () => void;
  onToggle: () => void;
  onPick: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
};

function Line({ row, flat, reachable, onFocus, onToggle, onPick, onKeyDown }: LineProps) {
  const { entry, level, children, open } = row;
  const words = typeWords(entry);
  const value = entry.value === undefined ? null : brief(entry.value, 48);
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={children > 0 ? open : undefined}
      aria-selected={reachable}
      aria-label={`${entry.title ? `${entry.title}, ` : ''}${entry.name}, ${words}${entry.absent ? ', may be absent' : ''}`}
      tabIndex={reachable ? 0 : -1}
      data-expr={entry.expr}
      title={entry.expr}
      onFocus={onFocus}
      onClick={onPick}
      onKeyDown={onKeyDown}
      className="focus-inset flex min-h-6 cursor-default items-start rounded-chip py-0.5 pr-2 text-12 hover:bg-hover max-phone:min-h-10"
      style={{ paddingLeft: flat ? 4 : (level - 1) * 12 }}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className={cn('-my-0.5 grid size-6 flex-none place-items-center text-fg-3', children === 0 && 'invisible')}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <ChevronRight size={12} className={cn('transition-transform duration-(--t-fast)', open && 'rotate-90')} />
      </button>
      <span className="min-w-0 flex-1 leading-5">
        <span className="flex items-baseline gap-1.5">
          <span className={cn('min-w-0 truncate font-mono', entry.absent && 'text-fg-2')}>
            {flat && level === 1 ? entry.expr : entry.name}
          </span>
          {entry.unsure && <span className="flex-none text-11 text-st-waiting">may be absent</span>}
          <span className="ml-auto min-w-0 max-w-[55%] flex-none truncate text-11 text-fg-3">
            {entry.title ?? words}
          </span>
        </span>
        {value !== null && value !== '' && <span className="block truncate text-11 leading-4 text-fg-2">{value}</span>}
      </span>
    </div>
  );
}
