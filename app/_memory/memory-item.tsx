'use client';
import { BookOpen, History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { Moment } from '#app/_ui/time.tsx';

export type MemoryItemView = {
  text: string;
  kind: string;
  tier: 'episodic' | 'knowledge';
  source: string;
  untrusted: boolean;
  at: number;
};

/** One memory: what it is, where it came from, its text (folded to two lines), and what stands at its right. */
export function MemoryItem({
  item,
  links,
  aside,
  note,
}: {
  item: MemoryItemView;
  links?: ReactNode;
  aside?: ReactNode;
  /** A line below the text. */
  note?: ReactNode;
}) {
  const [unfolded, setUnfolded] = useState(false);
  const Icon = item.tier === 'episodic' ? History : BookOpen;
  return (
    <li className="flex gap-x-3 gap-y-1.5 border-b border-line px-6 py-2.5 max-phone:flex-wrap max-phone:px-4">
      <Icon size={16} strokeWidth={1.8} className="mt-0.5 flex-none text-fg-3" aria-label={item.tier} />
      <div className="min-w-0 flex-1 max-phone:basis-1/2">
        <p className="flex flex-wrap items-center gap-x-2 text-12">
          <b className="font-medium text-fg">{item.kind}</b>
          {item.source && <span className="text-fg-2">{item.source}</span>}
          {item.untrusted && <span className="text-11 font-medium text-st-waiting">untrusted</span>}
          {links}
          <Moment at={item.at} className="text-fg-3" />
        </p>
        <button
          type="button"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
          className={cn(
            'block w-full rounded-chip text-left whitespace-pre-wrap text-fg-2',
            !unfolded && 'line-clamp-2',
          )}
        >
          {unfolded ? item.text : item.text.replace(/\n\s*\n/g, '\n')}
        </button>
        {typeof note === 'string' ? <p className="text-12 text-fg-3">{note}</p> : note}
      </div>
      {aside}
    </li>
  );
}
