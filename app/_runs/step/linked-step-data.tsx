'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { useTo } from '#app/_shell/project.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { StepDetail } from '#server/runs/types.ts';
import { CitedTexts } from '../citations/cited-texts.tsx';
import { AskLineage, type LineageAt, lineageText } from '../lineage/lineage-at.ts';
import { StepData } from './step-data.tsx';

/** The values of a step away from its run's page: where one comes from is shown there. */
export function LinkedStepData({ runId, step, graph }: { runId: string; step: StepDetail; graph: Graph }) {
  const router = useRouter();
  const to = useTo();
  const ask = useCallback(
    (at: LineageAt) => {
      const query = new URLSearchParams({ step: at.state, path: at.path, lineage: lineageText(at) });
      router.push(`${to('runs', runId)}?${query}`);
    },
    [router, to, runId],
  );
  return (
    <AskLineage value={ask}>
      <CitedTexts runId={runId} at={step} value={step.output}>
        <StepData step={step} graph={graph} />
      </CitedTexts>
    </AskLineage>
  );
}
