'use client';
import { useState } from 'react';
import { StepData, StepHistory, StepProvenance, StepSpend } from '#app/_runs/step/index.ts';
import { StepSwitcher } from '#app/_runs/step-switcher.tsx';
import type { RunDetail, StepDetail } from '#server/runs/types.ts';
import { Configure } from './configure.tsx';
import { useNode } from './node-context.ts';
import { NodeHead } from './node-head.tsx';
import { NodeRemarks } from './node-remarks.tsx';
import { InspectorSection } from './section.tsx';
import { SectionTabs } from './section-tabs.tsx';
import { useInspectedRun, useStep } from './use-inspected-run.ts';
import { Versions } from './versions.tsx';
import { WaitingTask } from './waiting-task.tsx';

/** One node: its configuration, and what it did in the run on the canvas. Five parts of one scroll. */
export function NodeInspector() {
  const { node } = useNode();
  const run = useInspectedRun();
  const status = run?.nodes[node.id];
  const [path, setPath] = useState<{ runId: string; path: string } | null>(null);
  const shownPath = path && path.runId === run?.id ? path.path : (status?.lastPath ?? '');
  const at = status ? { state: node.id, path: shownPath } : null;
  const step = useStep(run?.id ?? null, at);
  const detail = at && step.data?.state === node.id ? step.data : null;
  const several = status ? stepsOf(status) > 1 : false;
  return (
    <>
      <NodeHead />
      <NodeRemarks />
      <SectionTabs>
        <InspectorSection name="configure" title="Configure" plain>
          <Configure />
        </InspectorSection>
        {run && at && several && (
          <div className="border-b border-line px-4 py-2">
            <StepSwitcher run={run} at={at} onSelect={(_state, next) => setPath({ runId: run.id, path: next })} />
          </div>
        )}
        {detail?.task?.status === 'open' && <WaitingTask taskId={detail.task.id} />}
        <RunParts run={run} step={detail} loading={at !== null && step.isPending} />
        <InspectorSection name="history" title="History">
          {detail && (
            <div className="mb-4">
              <StepHistory step={detail} />
            </div>
          )}
          <Versions />
        </InspectorSection>
      </SectionTabs>
    </>
  );
}

function RunParts({ run, step, loading }: { run: RunDetail | null; step: StepDetail | null; loading: boolean }) {
  const aside = run ? `R-${run.ref}, ${run.version === null ? 'draft' : `v${run.version}`}` : undefined;
  const missing = missingText(run, loading);
  return (
    <>
      <InspectorSection name="data" title="Data" aside={aside}>
        {run && step ? <StepData step={step} graph={run.graph} /> : <p className="text-12 text-fg-3">{missing}</p>}
      </InspectorSection>
      <InspectorSection name="provenance" title="Provenance" plain={step !== null}>
        {run && step ? (
          <StepProvenance step={step} graph={run.graph} />
        ) : (
          <p className="text-12 text-fg-3">Why a value is what it is stands here after a run.</p>
        )}
      </InspectorSection>
      <InspectorSection name="spend" title="Spend" plain={step !== null}>
        {step ? (
          <StepSpend step={step} />
        ) : (
          <p className="text-12 text-fg-3">What it cost, to the micro-dollar, stands here after a run.</p>
        )}
      </InspectorSection>
    </>
  );
}

function missingText(run: RunDetail | null, loading: boolean): string {
  if (loading) return 'Loading …';
  return run ? 'This run did not come here.' : 'What goes in and comes out stands here after a run.';
}

function stepsOf(status: RunDetail['nodes'][string]): number {
  return (
    status.ready + status.running + status.waiting + status.done + status.failed + status.cancelled + status.undone
  );
}
