'use client';
import { Check, PencilLine, X } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import type { TaskView } from '#server/inbox/types.ts';
import { AnswerButtons } from './did-it-happen.tsx';
import type { Deciding } from './use-decide.ts';

type Props = {
  task: TaskView;
  deciding: Deciding;
  /** The proposal was edited: approving approves the changes. */
  edited: boolean;
  onApprove: () => void;
  /** Null where the proposal may not be edited. */
  onEdit: (() => void) | null;
  onReject: () => void;
};

/** What can be decided about an open task, at the foot of it. */
export function DecisionBar({ task, deciding, edited, onApprove, onEdit, onReject }: Props) {
  if (task.kind === 'decision')
    return (
      <footer className={bar}>
        <AnswerButtons busy={deciding.busy} onAnswer={(answer) => deciding.answer(task, answer)} />
      </footer>
    );
  return (
    <footer className={bar}>
      <Button variant="primary" size="lg" keys="A" busy={deciding.busy} icon={<Check size={16} />} onClick={onApprove}>
        <span>Approve{edited && <span className="max-phone:sr-only"> with changes</span>}</span>
      </Button>
      <Button
        size="lg"
        keys="E"
        disabled={onEdit === null}
        icon={<PencilLine size={14} />}
        onClick={onEdit ?? undefined}
      >
        Edit
      </Button>
      <Button variant="danger" size="lg" keys="R" disabled={deciding.busy} icon={<X size={16} />} onClick={onReject}>
        Reject
      </Button>
    </footer>
  );
}

const bar = [
  'flex h-[49px] flex-none items-center gap-2 border-t border-line px-6',
  'max-phone:grid max-phone:h-auto max-phone:grid-cols-[2fr_1fr_1fr] max-phone:px-4 max-phone:py-2 max-phone:[&_button]:h-12',
].join(' ');
