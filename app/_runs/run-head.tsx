'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Square, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { toStatus } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { RunDetail } from '#server/runs/types.ts';

/** Which run it is, how it stands, and what can be done with it. */
export function RunHead({ run, connected }: { run: RunDetail; connected: boolean }) {
  const to = useTo();
  const active = run.endedAt === null;
  return (
    <header className="flex h-11 flex-none items-center gap-2 border-b border-line px-4 max-phone:h-13">
      <nav aria-label="Breadcrumb" className="flex flex-none items-center gap-1.5">
        <Link href={to('runs')} className="text-fg-2 hover:underline">
          Runs
        </Link>
        <span className="text-fg-3">/</span>
        <h1 className="font-semibold">R-{run.ref}</h1>
      </nav>
      <StatusText status={toStatus(run.status)} detail={run.waitingFor.join(', ') || null} className="ml-2 text-12" />
      {run.mode === 'test' && <Badge tone="outline">test</Badge>}
      <span className="ml-auto" />
      {active && !connected && <span className="text-12 text-fg-3">connecting …</span>}
      <Button asChild>
        <Link href={to('pipelines', run.pipelineId)}>
          <Workflow size={14} aria-hidden="true" />
          <span className="max-phone:sr-only">Open pipeline</span>
        </Link>
      </Button>
      {active && <CancelRun run={run} />}
    </header>
  );
}

function CancelRun({ run }: { run: RunDetail }) {
  const [asking, setAsking] = useState(false);
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onSuccess: () => sayDone('Cancelled', `R-${run.ref}`),
      onError: sayFailure('Not cancelled'),
      onSettled: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.runs.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button variant="danger" icon={<Square size={14} />} onClick={() => setAsking(true)}>
        Cancel run
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate({ projectId, runId: run.id })}
        busy={cancel.isPending}
        title={`Cancel R-${run.ref}?`}
        action="Cancel the run"
      >
        Steps that wait or have not started will not happen. What was already done stays done, and what was spent stays
        spent.
      </ConfirmDialog>
    </>
  );
}
