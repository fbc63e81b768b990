'use client';
import { Ellipsis, History, Pause, Play, RotateCw, Square, Undo2, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { useKeys } from '#app/_ui/keys.ts';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { UndoPanel } from '../undo/undo-panel.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import { useRunDeeds } from './use-run-deeds.ts';

type Asked = 'cancel' | 'undo' | 'retry' | null;
type Props = { run: RunDetail; travelling: boolean; onTravel: (on: boolean) => void };

/** What can be done with a run: the next best thing as a button, the rest in a menu; each has its key. */
export function RunActions({ run, travelling, onTravel }: Props) {
  const router = useRouter();
  const to = useTo();
  const [asked, setAsked] = useState<Asked>(null);
  const deeds = useRunDeeds(run, () => setAsked(null));
  const active = run.endedAt === null;
  const failed = run.status === 'failed' && run.undo === null;
  const paused = run.pausedAt !== null;
  const turn = paused ? deeds.resume : deeds.pause;
  const travel = () => onTravel(!travelling);
  useKeys({
    p: () => active && !deeds.busy && turn(),
    u: () => setAsked('undo'),
    t: travel,
    r: () => failed && setAsked('retry'),
  });
  return (
    <>
      {failed && (
        <Button variant="primary" keys="R" icon={<RotateCw size={14} />} onClick={() => setAsked('retry')}>
          Retry<span className="max-wide:sr-only"> from the failed node</span>
        </Button>
      )}
      {active && (
        <Button
          keys="P"
          busy={deeds.busy}
          aria-label={paused ? 'Resume' : 'Pause'}
          icon={paused ? <Play size={14} /> : <Pause size={14} />}
          onClick={turn}
          className="max-phone:[&>span]:sr-only"
        >
          <span>{paused ? 'Resume' : 'Pause'}</span>
        </Button>
      )}
      <Button keys="U" icon={<Undo2 size={14} />} onClick={() => setAsked('undo')} aria-label="Undo this run">
        <span>
          Undo<span className="max-phone:sr-only"> this run</span>
        </span>
      </Button>
      <Menu
        trigger={
          <IconButton label="More about this run">
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <MenuItem icon={<History size={14} />} keys="T" onSelect={travel}>
          {travelling ? 'Leave time travel' : 'Time travel'}
        </MenuItem>
        <MenuItem
          icon={<Workflow size={14} />}
          onSelect={() => router.push(`${to('pipelines', run.pipelineId)}?run=R-${run.ref}`)}
        >
          Open in editor
        </MenuItem>
        {active && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Square size={14} />} danger onSelect={() => setAsked('cancel')}>
              Cancel run
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        open={asked === 'cancel'}
        onClose={() => setAsked(null)}
        onConfirm={deeds.cancel}
        busy={deeds.busy}
        title={`Cancel R-${run.ref}?`}
        action="Cancel the run"
      >
        Steps that wait or have not started will not happen. What was already done stays done, and what was spent stays
        spent.
      </ConfirmDialog>
      {asked === 'undo' && <UndoPanel run={run} wanted={{ kind: 'undo' }} onClose={() => setAsked(null)} />}
      {asked === 'retry' && <RetryDialog run={run} onClose={() => setAsked(null)} />}
    </>
  );
}
