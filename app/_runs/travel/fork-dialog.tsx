'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { GitFork } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { plural } from '#app/_ui/format.ts';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { Json } from '#nodes/core/json.ts';
import type { RunDetail } from '#server/runs/types.ts';
import type { CheckpointRow, ForkVersion, StateAt } from '#server/travel/types.ts';
import { ForkEdits, type ForkedValue } from './fork-edits.tsx';
import { useCompatibility, VersionChoice } from './version-choice.tsx';

type Props = {
  run: RunDetail;
  at: CheckpointRow;
  after: string;
  state: StateAt | null;
  selected: { state: string; path: string } | null;
  labels: ReadonlyMap<string, string>;
  onClose: () => void;
};

/** Starts a new run from a checkpoint of this one, with values of finished steps edited; then opens it. */
export function ForkDialog({ run, at, after, state, selected, labels, onClose }: Props) {
  const [edits, setEdits] = useState<ForkedValue[]>([]);
  const [version, setVersion] = useState<ForkVersion>('same');
  const compatibility = useCompatibility(run, version, at.seq);
  const fork = useFork(run, onClose);
  const refused = version === 'newest' && compatibility.data?.ok !== true;
  return (
    <Dialog
      open
      onClose={onClose}
      className="w-[min(600px,calc(100vw-24px))]"
      title={`Fork R-${run.ref} from ${at.kind === 'start' ? after : `after ${after}`}`}
      description={`A new run takes over ${plural(state?.steps.length ?? 0, 'finished step')} and goes on from there. Their effects are not repeated, and nothing is spent for them again. R-${run.ref} stays as it is.`}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="primary"
            icon={<GitFork size={14} />}
            disabled={refused || state === null}
            busy={fork.busy}
            onClick={() => fork.start({ seq: at.seq, edits, version })}
          >
            {edits.length === 0 ? 'Fork' : `Fork with ${plural(edits.length, 'edit')}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {state && (
          <ForkEdits
            run={run}
            at={at}
            state={state}
            selected={selected}
            labels={labels}
            edits={edits}
            onChange={setEdits}
          />
        )}
        <VersionChoice run={run} version={version} onChange={setVersion} compatibility={compatibility} />
      </div>
    </Dialog>
  );
}

type Wanted = { seq: number; edits: ForkedValue[]; version: ForkVersion };

function useFork(run: RunDetail, onClose: () => void): { start: (wanted: Wanted) => void; busy: boolean } {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const router = useRouter();
  const to = useTo();
  // One key for one opened dialog: pressing twice starts one run.
  const requestKey = useRef(crypto.randomUUID());
  const fork = useMutation(
    trpc.runs.fork.mutationOptions({
      onSuccess: (started) => {
        void queryClient.invalidateQueries(trpc.runs.pathFilter());
        sayDone('Forked', `R-${started.ref} goes on from R-${run.ref}.`);
        onClose();
        router.push(to('runs', started.runId));
      },
      onError: (error) => {
        requestKey.current = crypto.randomUUID();
        sayFailure('Not forked')(error);
      },
    }),
  );
  const start = ({ seq, edits, version }: Wanted) => {
    const outputs = edits.flatMap((edit) => (edit.kind === 'output' ? [outputOf(edit)] : []));
    const input = edits.find((edit) => edit.kind === 'input');
    fork.mutate({
      projectId,
      runId: run.id,
      seq,
      version,
      edits: outputs,
      ...(input ? { input: input.value } : {}),
      requestKey: requestKey.current,
    });
  };
  return { start, busy: fork.isPending };
}

function outputOf({ state, path, value }: { state: string; path: string; value: Json }) {
  return { state, path, output: value };
}
