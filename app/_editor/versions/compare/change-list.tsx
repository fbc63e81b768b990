'use client';
import { ChevronRight, FileText, MessageSquareText, SquareDashed, StickyNote, Waypoints } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { ChangeItem } from './changes.ts';
import { FieldChangeView } from './field-change.tsx';
import { MarkIcon, markFaces } from './marks.tsx';

type Props = {
  items: readonly ChangeItem[];
  selected: string | null;
  onSelect: (key: string | null) => void;
};

/** All changes, one after the other; the one that is looked at shows its fields, old and new. */
export function ChangeList({ items, selected, onSelect }: Props) {
  return (
    <ol aria-label="Changes" className="py-1">
      {items.map((item) => (
        <Row key={item.key} item={item} open={item.key === selected} onSelect={onSelect} />
      ))}
    </ol>
  );
}

function Row({ item, open, onSelect }: { item: ChangeItem; open: boolean; onSelect: Props['onSelect'] }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const declaration = item.type === undefined ? undefined : definitions.get(item.type);
  return (
    <li
      ref={row}
      data-change={item.mark}
      className={cn('border-l-2 border-transparent', open && 'border-accent bg-accent-soft/40')}
    >
      <button
        type="button"
        aria-expanded={open}
        className="focus-inset flex min-h-9 w-full min-w-0 items-center gap-2 px-3.5 py-1 text-left hover:bg-hover max-phone:min-h-11"
        onClick={() => onSelect(open ? null : item.key)}
      >
        <MarkIcon mark={item.mark} size={12} />
        <Glyph item={item} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{item.title}</span>
          <span className="block truncate text-11 text-fg-3">
            <span className={markFaces[item.mark].hue}>{markFaces[item.mark].word}</span> · {item.about}
          </span>
        </span>
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cn('flex-none text-fg-3 transition-transform duration-(--t-fast)', open && 'rotate-90')}
        />
      </button>
      {open && item.fields.length > 0 && (
        <dl className="grid grid-cols-1 gap-3 px-4 pt-1 pb-3">
          {item.fields.map((change) => (
            <FieldChangeView key={change.path} change={change} declaration={declaration} />
          ))}
        </dl>
      )}
      {open && item.fields.length === 0 && <p className="px-4 pt-1 pb-3 text-12 text-fg-2">{whole(item)}</p>}
    </li>
  );
}

/** What there is to say where a thing came or went as a whole. */
function whole({ mark, what }: ChangeItem): string {
  if (mark === 'moved') return 'These stand elsewhere on the canvas. What they do is the same.';
  return mark === 'added' ? `This ${what} was not there before.` : `This ${what} is not there any more.`;
}

const glyphs = {
  edge: Waypoints,
  note: StickyNote,
  group: SquareDashed,
  prompt: FileText,
  pipeline: MessageSquareText,
  places: SquareDashed,
};

function Glyph({ item }: { item: ChangeItem }) {
  const declaration = definitions.get(item.type ?? '');
  if (declaration) return <CategoryTile category={declaration.category} icon={declaration.icon} size="s" />;
  const Icon = item.what === 'node' ? SquareDashed : glyphs[item.what];
  return (
    <span className="grid size-[18px] flex-none place-items-center rounded-chip bg-hover text-fg-3">
      <Icon size={12} aria-hidden="true" />
    </span>
  );
}
