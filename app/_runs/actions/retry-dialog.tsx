'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import type { ForkVersion } from '#server/travel/types.ts';
import { useCompatibility, VersionChoice } from '../travel/version-choice.tsx';

/** Goes on with a failed run from the node that failed, on its own or on the newest version. */
export function RetryDialog({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const router = useRouter();
  const to = useTo();
  const [version, setVersion] = useState<ForkVersion>('same');
  const compatibility = useCompatibility(run, version);
  const refused = version === 'newest' && compatibility.data?.ok !== true;
  const retry = useMutation(
    trpc.runs.retryFailed.mutationOptions({
      onSuccess: (started) => {
        void queryClient.invalidateQueries(trpc.runs.pathFilter());
        const other = started.runId !== run.id;
        sayDone('Retrying', other ? `R-${started.ref} goes on where R-${run.ref} failed.` : `R-${run.ref}`);
        onClose();
        if (other) router.push(to('runs', started.runId));
      },
      onError: sayFailure('Not retried'),
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Retry R-${run.ref} from where it failed`}
      description="What had ended stays: no effect is repeated, and nothing is spent for it again."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="primary"
            icon={<RotateCw size={14} />}
            disabled={refused}
            busy={retry.isPending}
            onClick={() => retry.mutate({ projectId, runId: run.id, version })}
          >
            Retry
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {run.failure && (
          <p className="rounded-control bg-st-failed-soft px-3 py-2 text-12 text-st-failed">
            <b>{run.failure.code}</b> {run.failure.message}
          </p>
        )}
        <VersionChoice run={run} version={version} onChange={setVersion} compatibility={compatibility} />
      </div>
    </Dialog>
  );
}
