'use client';
import { StepSwitcher } from '#app/_runs/step-switcher.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { UnloadedHere } from '#app/_ui/unloaded.tsx';
import type { RunDetail, StepDetail } from '#server/runs/types.ts';
import { StaleNote } from '../live/stale-note.tsx';
import { PinNote } from '../pins/pin-note.tsx';
import { useSession, useUi } from '../session/context.ts';
import { PastData } from '../travel/past-data.tsx';
import { type PastStep, usePastStep } from '../travel/use-past-step.ts';
import { Configure } from './configure.tsx';
import { useNode } from './node-context.ts';
import { NodeHead } from './node-head.tsx';
import { NodeRemarks } from './node-remarks.tsx';
import { ScopePanel } from './reading/scope-panel.tsx';
import { useForgetField } from './reading/use-forget-field.ts';
import { InspectorSection } from './section.tsx';
import { SectionTabs } from './section-tabs.tsx';
import { useInspectedRun, useStep } from './use-inspected-run.ts';
import { Versions } from './versions.tsx';
import { WaitingTask } from './waiting-task.tsx';

const step = () => import('#app/_runs/step/index.ts');
const StepData = lazyPart(async () => (await step()).LinkedStepData, UnloadedHere);
const StepHistory = lazyPart(async () => (await step()).StepHistory, UnloadedHere);
const StepProvenance = lazyPart(async () => (await step()).StepProvenance, UnloadedHere);
const StepSpend = lazyPart(async () => (await step()).StepSpend, UnloadedHere);

/** One node: its configuration, and what it did in the run on the canvas. Five parts of one scroll. */
export function NodeInspector() {
  const session = useSession();
  const { node } = useNode();
  const run = useInspectedRun();
  useForgetField();
  const status = run?.nodes[node.id];
  const picked = useUi((ui) => ui.lookedAt);
  const mine = picked?.runId === run?.id && picked?.nodeId === node.id;
  const shownPath = mine ? (picked?.path ?? '') : (status?.lastPath ?? '');
  const look = (runId: string, path: string) => session.ui.setState({ lookedAt: { runId, nodeId: node.id, path } });
  const at = status ? { state: node.id, path: shownPath } : null;
  const step = useStep(run?.id ?? null, at);
  const detail = at && step.data?.state === node.id ? step.data : null;
  const past = usePastStep(node.id, shownPath);
  const several = status ? stepsOf(status) > 1 : false;
  return (
    <>
      <NodeHead />
      <NodeRemarks />
      <PinNote nodeId={node.id} />
      <ScopePanel />
      <SectionTabs>
        <InspectorSection name="configure" title="Configure" plain>
          <Configure />
        </InspectorSection>
        {run && at && several && (
          <div className="border-b border-line px-4 py-2">
            <StepSwitcher run={run} at={at} onSelect={(_state, next) => look(run.id, next)} />
          </div>
        )}
        {detail?.task?.status === 'open' && <WaitingTask taskId={detail.task.id} />}
        <RunParts run={run} step={detail} loading={at !== null && step.isPending} past={past} />
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

type RunPartsProps = { run: RunDetail | null; step: StepDetail | null; loading: boolean; past: PastStep | null };

function RunParts({ run, step, loading, past }: RunPartsProps) {
  const aside = past
    ? 'As it was'
    : run
      ? `R-${run.ref}, ${run.version === null ? 'draft' : `v${run.version}`}`
      : undefined;
  const missing = missingText(run, loading);
  return (
    <>
      <InspectorSection name="data" title="Data" aside={aside}>
        {past ? (
          <PastData past={past} />
        ) : run && step ? (
          <>
            <StaleNote nodeId={step.state} />
            <StepData runId={run.id} step={step} graph={run.graph} />
          </>
        ) : (
          <p className="text-12 text-fg-3">{missing}</p>
        )}
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
