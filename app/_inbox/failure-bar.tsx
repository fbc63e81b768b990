'use client';
import { PencilLine, RotateCw, SkipForward, Square, Undo2 } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import type { FailureChoice, TaskView } from '#server/inbox/types.ts';
import { decisionBar } from './decision-bar-look.ts';
import type { FailurePlan } from './failure.tsx';

type Props = {
  task: TaskView;
  plan: FailurePlan;
  busy: boolean;
  onChoose: (choice: FailureChoice) => void;
};

/** The five choices about a step that failed for good. While its input or its value is edited, the first one says so. */
export function FailureBar({ task, plan, busy, onChoose }: Props) {
  const known = task.failed !== null;
  const big = { size: 'lg', disabled: busy } as const;
  return (
    <footer className={decisionBar}>
      {plan?.kind === 'skip' ? (
        <Button {...primary} busy={busy} keys="S" icon={<SkipForward size={14} />} onClick={() => onChoose('skip')}>
          Skip with this value
        </Button>
      ) : plan?.kind === 'edit' ? (
        <Button {...primary} busy={busy} keys="E" icon={<RotateCw size={14} />} onClick={() => onChoose('edit')}>
          Retry with changes
        </Button>
      ) : (
        <Button {...primary} busy={busy} keys="R" icon={<RotateCw size={14} />} onClick={() => onChoose('retry')}>
          Retry
        </Button>
      )}
      {plan === null && (
        <>
          <Button
            {...big}
            keys="E"
            disabled={busy || !known || Object.keys(task.failed?.inputTypes ?? {}).length === 0}
            icon={<PencilLine size={14} />}
            onClick={() => onChoose('edit')}
          >
            Edit and retry
          </Button>
          <Button
            {...big}
            keys="S"
            disabled={busy || !known}
            icon={<SkipForward size={14} />}
            onClick={() => onChoose('skip')}
          >
            Skip
          </Button>
        </>
      )}
      <Button {...big} variant="danger" keys="X" icon={<Square size={14} />} onClick={() => onChoose('stop')}>
        Stop
      </Button>
      <Button {...big} keys="U" icon={<Undo2 size={14} />} onClick={() => onChoose('undo')}>
        Undo the run
      </Button>
    </footer>
  );
}

const primary = { size: 'lg', variant: 'primary', 'data-decides': 'primary' } as const;
