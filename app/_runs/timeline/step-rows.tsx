'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useLighting } from '#app/_canvas/lit.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { duration } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { toStatus, waitText } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import type { NodeKind } from '#nodes/core/define-node.ts';
import type { StepRow } from '#server/runs/types.ts';
import type { Axis } from './axis.ts';
import { Bars } from './bar-view.tsx';
import { barsOf } from './bars.ts';
import { factColumns, timelineColumns } from './columns.ts';

type Props = {
  runId: string;
  state: string;
  kind: NodeKind;
  axis: Axis;
  now: number;
  /** Path of the selected step of this node. */
  selected: string | null;
  onSelect: (state: string, path: string) => void;
};

/** The steps of one node, one row each, in pages of 100. */
export function StepRows({ runId, state, ...rest }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const steps = useInfiniteQuery(
    trpc.runs.steps.infiniteQueryOptions(
      { projectId, runId, state, limit: 100 },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
  );
  if (steps.isError && !steps.data) return <QueryFailure error={steps.error} onRetry={() => steps.refetch()} />;
  const rows = steps.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="max-h-60 overflow-y-auto overscroll-contain border-b border-line bg-bg [scrollbar-width:none]">
      {rows.map((step) => (
        <Step key={step.path} step={step} {...rest} />
      ))}
      {steps.hasNextPage && (
        <div className="px-8 py-1">
          <Button variant="link" size="sm" busy={steps.isFetchingNextPage} onClick={() => steps.fetchNextPage()}>
            Show more steps
          </Button>
        </div>
      )}
    </div>
  );
}

function Step({ step, kind, axis, now, selected, onSelect }: { step: StepRow } & Omit<Props, 'runId' | 'state'>) {
  const name = step.label || step.path || 'the run itself';
  const current = step.path === selected;
  const lighting = useLighting(step.state);
  return (
    <div
      {...lighting}
      className={cn(timelineColumns, 'relative h-5 text-11 max-phone:h-9', current && 'bg-accent-soft')}
    >
      <span className="flex min-w-0 items-center pr-2 pl-8 max-phone:pl-4">
        <button
          type="button"
          onClick={() => onSelect(step.state, step.path)}
          aria-pressed={current}
          className="truncate rounded-chip text-fg-2 before:absolute before:inset-0"
          title={name}
        >
          {name}
        </button>
      </span>
      <span className="flex items-center border-l border-line">
        <Bars bars={barsOf(step, kind, now)} axis={axis} />
      </span>
      <span className={factColumns}>
        <StatusText
          status={toStatus(step.status)}
          size={12}
          detail={step.waitingFor ? waitText(step.waitingFor) : (step.failure?.code ?? step.outcome)}
        />
        <span className="text-right text-fg-2 max-phone:hidden">
          {step.startedAt === null ? '' : duration((step.endedAt ?? now) - step.startedAt)}
        </span>
        <span className="text-right max-wide:hidden">
          <Money micros={step.costMicros} look="statement" />
        </span>
      </span>
    </div>
  );
}
