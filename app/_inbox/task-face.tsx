import { CirclePause, CircleQuestionMark } from 'lucide-react';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { TaskRow } from '#server/inbox/types.ts';

/** The glyph of a task: a person is asked to approve, or an action asks whether it happened. */
export function TaskTile({ kind, size }: { kind: TaskRow['kind']; size?: 's' | 'm' }) {
  return kind === 'approval' ? (
    <CategoryTile category="people" icon="user-check" size={size} />
  ) : (
    <CategoryTile category="action" icon="circle-question-mark" size={size} />
  );
}

/** "approval" or "decision" with its icon, amber. */
export function TaskKind({ kind, size = 12, className }: { kind: TaskRow['kind']; size?: number; className?: string }) {
  const Icon = kind === 'approval' ? CirclePause : CircleQuestionMark;
  return (
    <span className={cn('inline-flex flex-none items-center gap-1 text-11 font-medium text-st-waiting', className)}>
      <Icon size={size} strokeWidth={1.9} aria-hidden="true" />
      {kind}
    </span>
  );
}
