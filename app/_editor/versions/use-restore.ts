'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import { undo } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import { restoreState } from './restore.ts';

/** Restores a state to the draft and goes back to the drawing, where one Undo takes it back. */
export function useRestore(): (state: { label: string; graph: Graph }) => void {
  const session = useSession();
  const router = useRouter();
  return useCallback(
    (state) => {
      if (!restoreState(session, state)) {
        sayDone('Nothing to restore', `The draft is what ${state.label} is.`);
        return;
      }
      router.push(`/p/${session.projectId}/pipelines/${session.pipelineId}`);
      sayDone(`The draft is ${state.label} again`, 'What it was stays in the history.', {
        label: 'Undo',
        onClick: () => undo(session),
      });
    },
    [session, router],
  );
}
