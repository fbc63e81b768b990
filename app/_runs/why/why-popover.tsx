'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleQuestionMark } from 'lucide-react';
import Link from 'next/link';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ageLong, plural } from '#app/_ui/format.ts';
import { useNow } from '#app/_ui/now.ts';
import { Popover } from '#app/_ui/popover.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { RunWhy, WhyStep } from '#server/runs/why-types.ts';

const question = 'Why is this not moving?';
const everyMs = 2_000;
const shownSteps = 12;

type Props = {
  projectId: string;
  runId: string;
  /** What a node of the run is called. */
  titleOf: (state: string) => string;
  /** The question as an icon alone, where there is no room. */
  compact?: boolean;
};

/** "Why is this not moving?": what the run and each of its open steps wait for, and what would move them. */
export function WhyPopover({ compact = false, ...of }: Props) {
  const trigger = compact ? (
    <Button variant="ghost" size="sm" shape="icon" aria-label={question} title={question}>
      <CircleQuestionMark size={14} />
    </Button>
  ) : (
    <Button variant="ghost" icon={<CircleQuestionMark size={14} />} aria-label={question} title={question}>
      <span className="max-wide:hidden">{question}</span>
    </Button>
  );
  return (
    <Popover trigger={trigger} align="end" className="w-[min(400px,calc(100vw-16px))] p-0">
      <Answer {...of} />
    </Popover>
  );
}

function Answer({ projectId, runId, titleOf }: Omit<Props, 'compact'>) {
  const trpc = useTRPC();
  const why = useQuery(trpc.runs.why.queryOptions({ projectId, runId }, { refetchInterval: everyMs, staleTime: 0 }));
  if (why.isError && !why.data) return <QueryFailure error={why.error} onRetry={() => why.refetch()} />;
  if (!why.data) return <SkeletonRows rows={3} rowClass="h-9" />;
  return (
    <section aria-label={question} className="max-h-[60vh] overflow-y-auto text-12">
      <Whole why={why.data} />
      <ul>
        {why.data.steps.slice(0, shownSteps).map((step) => (
          <Step key={`${step.state} ${step.path}`} step={step} title={titleOf(step.state)} projectId={projectId} />
        ))}
      </ul>
      {why.data.steps.length > shownSteps && (
        <p className="border-t border-line px-3 py-2 text-fg-3">
          and {plural(why.data.steps.length - shownSteps, 'more step')}
        </p>
      )}
    </section>
  );
}

function Whole({ why }: { why: RunWhy }) {
  return (
    <header className="flex gap-2 px-3 py-2.5">
      <StatusIcon status={why.moving ? 'running' : 'waiting'} size={16} className="mt-px" />
      <div className="min-w-0 flex-1">
        <p className="text-13 font-semibold">{why.summary}</p>
        {why.moves && <p className="text-fg-2">{why.moves}</p>}
        {why.workersAlive === 0 && (
          <p className="mt-1 font-medium text-st-failed">No worker is alive. Start one: npm run worker.</p>
        )}
      </div>
    </header>
  );
}

function Step({ step, title, projectId }: { step: WhyStep; title: string; projectId: string }) {
  const now = useNow(1_000);
  return (
    <li className="flex gap-2 border-t border-line px-3 py-2">
      <StatusIcon status={step.status === 'ready' ? 'queued' : 'waiting'} className="mt-px" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <b className="truncate font-medium">{title}</b>
          {step.path && <span className="truncate text-11 text-fg-3">{step.path}</span>}
          <span className="flex-1" />
          {step.stuck && <Badge tone="bad">stuck</Badge>}
          {step.since !== null && (
            <span className="flex-none text-fg-3">{ageLong(Math.max(0, (now || step.since) - step.since))}</span>
          )}
        </p>
        <p className="break-words">
          {!step.stuck && <span className="text-fg-2">Waits for </span>}
          {step.waitsFor}
          {step.until !== null && (
            <span className="text-fg-2">
              {' '}
              At the latest <Moment at={step.until} />.
            </span>
          )}
        </p>
        <p className="break-words text-fg-2">{step.moves}</p>
        {step.taskId && (
          <Link
            href={`/p/${projectId}/inbox?task=${step.taskId}`}
            className="font-medium text-accent-text hover:underline max-phone:inline-block max-phone:py-2"
          >
            Decide it
          </Link>
        )}
      </div>
    </li>
  );
}
