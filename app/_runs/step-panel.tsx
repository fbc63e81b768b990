'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { RehearsalBadge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { clock, duration, integer } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { toStatus, waitText } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { TabList, TabPanel, Tabs } from '#app/_ui/tabs.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { RunDetail, StepDetail } from '#server/runs/types.ts';
import { CitedTexts } from './citations/cited-texts.tsx';
import { stepCount } from './deeds.ts';
import { faceOf } from './node-face.ts';
import { StepHistory, StepInput, StepOutput, StepProvenance, StepSpend } from './step/index.ts';
import { StepSwitcher } from './step-switcher.tsx';

type Props = {
  run: RunDetail;
  at: { state: string; path: string };
  onSelect: (state: string, path: string) => void;
  onClose: () => void;
};

/** One step of a run: what went in, what came out, why, and what it cost. */
export function StepPanel({ run, at, onSelect, onClose }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const step = useQuery(trpc.runs.step.queryOptions({ projectId, runId: run.id, ...at }));
  const face = faceOf(run.graph, at.state);
  const several = stepCount(run.nodes[at.state]) > 1;
  return (
    <section aria-label={`Step ${face.title}`} className="min-h-72 flex-none">
      <header className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1.5 text-12">
        <CategoryTile category={face.category} icon={face.icon} size="s" />
        <h2 className="text-13 font-semibold">{face.title}</h2>
        {several && <StepSwitcher run={run} at={at} onSelect={onSelect} />}
        {step.data && <Facts step={step.data} />}
        <IconButton label="Close the step" size="sm" onClick={onClose} className="ml-auto">
          <X size={14} />
        </IconButton>
      </header>
      <Called run={run} at={at} />
      {step.data && <Trouble step={step.data} />}
      {step.isError && !step.data && <QueryFailure error={step.error} onRetry={() => step.refetch()} />}
      {step.isPending && <Loading />}
      {step.data && <Columns step={step.data} run={run} />}
    </section>
  );
}

/** What keeps the batch of its call from being looked at. */
function Trouble({ step: { waitingFor } }: { step: StepDetail }) {
  if (waitingFor?.kind !== 'batch' || !waitingFor.trouble) return null;
  const { code, message, sinceMs } = waitingFor.trouble;
  return (
    <p role="status" className="border-t border-line px-4 py-1.5 text-12 break-words">
      <b className="font-medium text-st-waiting">
        The batch cannot be looked at since <Moment at={sinceMs} />.
      </b>{' '}
      {code}: {message}
    </p>
  );
}

/** The runs that the step called. */
function Called({ run, at }: Pick<Props, 'run' | 'at'>) {
  const to = useTo();
  const called = run.lineage.called.filter(({ state, path }) => state === at.state && path === at.path);
  if (called.length === 0) return null;
  return (
    <ul
      aria-label="Runs that it called"
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-1.5 text-12"
    >
      {called.map(({ runId, ref, pipelineName, status }) => (
        <li key={runId} className="flex items-center gap-2">
          <Link href={to('runs', runId)} className="font-medium text-accent-text hover:underline">
            R-{ref}
          </Link>
          <span className="text-fg-2">{pipelineName}</span>
          <StatusText status={toStatus(status)} />
        </li>
      ))}
    </ul>
  );
}

function Facts({ step }: { step: StepDetail }) {
  const tokensIn = step.spend.reduce((sum, row) => sum + row.inputTokens, 0);
  const tokensOut = step.spend.reduce((sum, row) => sum + row.outputTokens, 0);
  const wait = step.waitingFor ? waitText(step.waitingFor) : null;
  return (
    <>
      <StatusText status={toStatus(step.status)} detail={wait ?? step.outcome} className="text-12" />
      {step.startedAt !== null && (
        <span className="text-fg-3">
          attempt {step.attempt} of {Math.max(step.attempt, step.attempts.length)}, {clock(step.startedAt)}
          {step.endedAt !== null && `, ${duration(step.endedAt - step.startedAt)}`}
        </span>
      )}
      <span className="flex-1" />
      {step.spend.some((row) => row.rehearsal) && <RehearsalBadge />}
      {step.spend.length > 0 && (
        <span className="text-fg-2">
          {integer(tokensIn)} tokens in, {integer(tokensOut)} out
        </span>
      )}
      <Money micros={step.costMicros} look="statement" className="text-13 font-semibold" />
    </>
  );
}

function Columns({ step, run }: { step: StepDetail; run: RunDetail }) {
  return (
    <div className="grid grid-cols-3 border-t border-line max-wide:grid-cols-2 max-phone:grid-cols-1 [&>div]:min-w-0 [&>div]:px-4 [&>div]:py-2">
      <div>
        <StepInput step={step} graph={run.graph} />
      </div>
      <div className="border-l border-line max-phone:border-t max-phone:border-l-0">
        <CitedTexts runId={run.id} at={step} value={step.output}>
          <StepOutput step={step} />
        </CitedTexts>
      </div>
      <div className="border-l border-line max-wide:col-span-full max-wide:border-t max-wide:border-l-0">
        <Tabs defaultValue="provenance">
          <TabList
            label="About the step"
            className="mb-3"
            items={[
              { value: 'provenance', label: 'Provenance' },
              { value: 'spend', label: 'Spend' },
              { value: 'history', label: 'History' },
            ]}
          />
          <TabPanel value="provenance">
            <StepProvenance step={step} graph={run.graph} />
          </TabPanel>
          <TabPanel value="spend">
            <StepSpend step={step} />
          </TabPanel>
          <TabPanel value="history">
            <StepHistory step={step} />
          </TabPanel>
        </Tabs>
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div
      role="status"
      aria-label="Loading the step"
      className="grid grid-cols-3 gap-8 border-t border-line px-4 py-3 max-phone:grid-cols-1"
    >
      {['input', 'output', 'why'].map((column) => (
        <div key={column} className="grid gap-2">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-4/5" />
          <Skeleton className="w-3/5" />
        </div>
      ))}
    </div>
  );
}
