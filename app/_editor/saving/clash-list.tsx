'use client';
import { plural } from '#app/_ui/format.ts';
import { Segments } from '#app/_ui/segments.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import { nodeTitle } from './change-columns.tsx';
import { excerpts } from './excerpt.ts';
import { memberWord } from './merge/changes.ts';
import type { Merge } from './merge/merge-graphs.ts';
import { type Clash, type Place, placesId, type Side } from './merge/three-way.ts';

type Props = {
  merge: Merge;
  /** Mine and theirs: where the titles of nodes stand. */
  graphs: [Graph, Graph];
  picks: Record<string, Side>;
  onPick: (id: string, side: Side) => void;
};

/** What both changed in different ways, and whose is taken. */
export function ClashList({ merge: { clashes, moved }, graphs, picks, onPick }: Props) {
  const count = clashes.length + Number(moved.length > 0);
  if (count === 0) return null;
  return (
    <section className="grid gap-1" aria-label="Changed on both sides">
      <h3 className="text-12 font-medium text-fg-2">
        {count === 1 ? 'You both changed this. Whose is taken?' : `You both changed these ${count}. Whose is taken?`}
      </h3>
      <ul className="divide-y divide-line rounded-card border border-line">
        {clashes.map((clash) => (
          <ClashRow
            key={clash.id}
            title={`${placeTitle(clash.place, graphs)} · ${memberWord(clash.member)}`}
            texts={clash.member === 'ends' ? null : textsOf(clash)}
            side={picks[clash.id] ?? 'mine'}
            onPick={(side) => onPick(clash.id, side)}
          />
        ))}
        {moved.length > 0 && (
          <ClashRow
            title={`Where ${plural(moved.length, 'thing')} ${moved.length === 1 ? 'stands' : 'stand'}`}
            texts={null}
            side={picks[placesId] ?? 'mine'}
            onPick={(side) => onPick(placesId, side)}
          />
        )}
      </ul>
    </section>
  );
}

type RowProps = {
  title: string;
  texts: { mine: string; theirs: string } | null;
  side: Side;
  onPick: (side: Side) => void;
};

function ClashRow({ title, texts, side, onPick }: RowProps) {
  return (
    <li className="grid gap-1 px-3 py-2">
      <div className="flex items-center gap-2 max-phone:flex-col max-phone:items-stretch">
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        <Segments label={`Whose ${title}`} value={side} onChange={onPick} options={sides} />
      </div>
      {texts && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-0.5 text-12">
          {sides.map(({ value, label }) => (
            <div key={value} className={`contents ${value === side ? 'text-fg' : 'text-fg-3'}`}>
              <dt>{label}</dt>
              <dd className={`truncate ${value === side ? '' : 'line-through'}`}>{texts[value]}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

const sides = [
  { value: 'mine', label: 'Mine' },
  { value: 'theirs', label: 'Theirs' },
] as const;

function placeTitle({ kind, id }: Place, graphs: [Graph, Graph]): string {
  switch (kind) {
    case 'node': {
      const node = graphs.flatMap(({ nodes }) => nodes).find((each) => each.id === id);
      return node ? nodeTitle(node) : id;
    }
    case 'group':
      return graphs.flatMap(({ groups }) => groups ?? []).find((each) => each.id === id)?.title ?? 'Group';
    case 'prompt':
      return graphs.flatMap(({ prompts }) => prompts ?? []).find((each) => each.id === id)?.title ?? 'Prompt';
    case 'note':
      return 'Note';
    case 'edge':
      return `Edge ${id}`;
    case 'pipeline':
      return 'Pipeline';
    default: {
      const never: never = kind;
      throw new Error(`Not a known place: ${JSON.stringify(never)}`);
    }
  }
}

function textsOf({ member, mine, theirs }: Clash): { mine: string; theirs: string } {
  if (member !== 'exists') return excerpts(mine, theirs);
  return {
    mine: mine === undefined ? 'Removed' : 'Kept, with what was changed',
    theirs: theirs === undefined ? 'Removed' : 'Kept, with what was changed',
  };
}
