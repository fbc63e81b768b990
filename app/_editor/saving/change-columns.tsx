'use client';
import { Minus, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { type Change, changesSince } from './merge/changes.ts';

const shownChanges = 6;

/** What each side did since both had the same draft. */
export function ChangeColumns({ base, mine, theirs }: { base: Graph; mine: Graph; theirs: Graph }) {
  return (
    <div className="grid grid-cols-2 gap-3 max-phone:grid-cols-1">
      <Column title="You changed" changes={changesSince(base, mine, nodeTitle)} />
      <Column title="They changed" changes={changesSince(base, theirs, nodeTitle)} />
    </div>
  );
}

/** As the card on the canvas calls it. */
export function nodeTitle(node: GraphNode): string {
  return node.title ?? definitions.get(node.type)?.title ?? node.id;
}

function Column({ title, changes }: { title: string; changes: Change[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, shownChanges);
  return (
    <section className="min-w-0 rounded-card border border-line bg-bg px-3 py-2" aria-label={title}>
      <h3 className="pb-1 text-12 font-medium text-fg-2">{title}</h3>
      <ul className="grid gap-1">
        {shown.map((change) => (
          <Line key={`${change.kind} ${change.title} ${change.detail}`} change={change} />
        ))}
        {changes.length > shown.length && (
          <li className="pl-5">
            <Button variant="link" className="text-12" onClick={() => setAll(true)}>
              {changes.length - shown.length} more
            </Button>
          </li>
        )}
        {changes.length === 0 && <li className="text-12 text-fg-3">Nothing.</li>}
      </ul>
    </section>
  );
}

const faces = {
  added: { icon: Plus, colour: 'text-st-done', word: 'Added' },
  changed: { icon: Pencil, colour: 'text-st-waiting', word: 'Changed' },
  removed: { icon: Minus, colour: 'text-st-failed', word: 'Removed' },
} as const;

function Line({ change }: { change: Change }) {
  const { icon: Icon, colour, word } = faces[change.kind];
  return (
    <li className="flex min-w-0 items-baseline gap-2 text-12">
      <Icon size={12} className={`flex-none self-center ${colour}`} role="img" aria-label={word} />
      <span className="min-w-0 truncate">
        {change.title}
        {change.detail && <span className="text-fg-3"> · {change.detail}</span>}
      </span>
    </li>
  );
}
