import {
  CircleDollarSign,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  type LucideIcon,
  PackageX,
  TriangleAlert,
} from 'lucide-react';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { Category } from '#nodes/core/define-node.ts';
import type { TaskKind as Kind } from '#server/inbox/types.ts';

type Face = { word: string; icon: LucideIcon; tile: { category: Category; icon: string } };

/** A person is asked to approve, whether something happened, what to do about a failure, a budget or a batch, or to look at many failures. */
const faces: Record<Kind, Face> = {
  approval: { word: 'approval', icon: CirclePause, tile: { category: 'people', icon: 'user-check' } },
  decision: {
    word: 'did it happen?',
    icon: CircleQuestionMark,
    tile: { category: 'action', icon: 'circle-question-mark' },
  },
  failure: { word: 'failed, your decision', icon: CircleX, tile: { category: 'action', icon: 'triangle-alert' } },
  budget: { word: 'over budget', icon: CircleDollarSign, tile: { category: 'flow', icon: 'hourglass' } },
  batch: { word: 'batch out of reach', icon: PackageX, tile: { category: 'flow', icon: 'hourglass' } },
  review: { word: 'review', icon: TriangleAlert, tile: { category: 'flow', icon: 'workflow' } },
};

/** What a kind of task is called. */
export function taskWord(kind: Kind): string {
  return faces[kind].word;
}

/** The glyph of a task. */
export function TaskTile({ kind, size }: { kind: Kind; size?: 's' | 'm' }) {
  return <CategoryTile {...faces[kind].tile} size={size} />;
}

/** What a task asks with its icon: amber, and red where something failed. */
export function TaskKind({ kind, size = 12, className }: { kind: Kind; size?: number; className?: string }) {
  const { icon: Icon, word } = faces[kind];
  const hue = kind === 'failure' ? 'text-st-failed' : 'text-st-waiting';
  return (
    <span className={cn('inline-flex flex-none items-center gap-1 text-11 font-medium', hue, className)}>
      <Icon size={size} strokeWidth={1.9} aria-hidden="true" />
      {word}
    </span>
  );
}
