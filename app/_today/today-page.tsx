'use client';
import { useQuery } from '@tanstack/react-query';
import { format } from 'date-fns';
import { Play, Shapes, Workflow } from 'lucide-react';
import Link from 'next/link';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { useNow } from '#app/_ui/now.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { Today } from '#server/today/types.ts';
import { Broke } from './broke.tsx';
import { Outcomes } from './outcomes.tsx';
import { Running } from './running.tsx';
import { SpendToday } from './spend-today.tsx';
import { Waiting } from './waiting.tsx';

/** What waits, what runs, what broke, what was spent and what came of it, today. */
export function TodayPage() {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const today = useQuery(trpc.today.get.queryOptions({ projectId }, { refetchInterval: 3_000 }));
  return (
    <>
      <PageBar
        title="Today"
        aside={<Now look="date" />}
        actions={
          <>
            <Now look="time" />
            <Button asChild>
              <Link href={to('pipelines')}>
                <Play size={14} aria-hidden="true" />
                Start a run
              </Link>
            </Button>
          </>
        }
      />
      {today.isError && !today.data && <QueryFailure error={today.error} onRetry={() => today.refetch()} />}
      {today.isPending && <SkeletonRows rows={8} />}
      {today.data && <Columns today={today.data} />}
    </>
  );
}

function Columns({ today }: { today: Today }) {
  if (isFresh(today)) return <FirstSteps />;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_392px] max-wide:grid-cols-1 max-wide:overflow-y-auto">
      <div className="overflow-y-auto px-6 py-2 max-wide:overflow-visible max-phone:px-4">
        <Waiting tasks={today.waiting} count={today.waitingCount} />
        <Running runs={today.running} />
        <Broke failures={today.broke} />
      </div>
      <aside
        aria-label="Spend and outcomes"
        className="overflow-y-auto border-l border-line bg-bg px-6 py-2 max-wide:overflow-visible max-wide:border-t max-wide:border-l-0 max-phone:px-4"
      >
        <SpendToday spend={today.spend} />
        <Outcomes outcomes={today.outcomes} />
      </aside>
    </div>
  );
}

function isFresh(today: Today): boolean {
  const quiet = today.waitingCount === 0 && today.running.length === 0 && today.broke.length === 0;
  return quiet && today.spend.byPipeline.length === 0 && today.outcomes.length === 0;
}

function FirstSteps() {
  const to = useTo();
  return (
    <div className="grid flex-1 place-items-center">
      <EmptyState
        icon={Workflow}
        title="Nothing ran today"
        action={
          <>
            <Button asChild variant="primary" size="lg">
              <Link href={to('templates')}>
                <Shapes size={14} aria-hidden="true" />
                Open the template gallery
              </Link>
            </Button>
            <Button asChild size="lg">
              <Link href={to('pipelines')}>Your pipelines</Link>
            </Button>
          </>
        }
      >
        Install a template and run it on your own file; what it does, waits for and spends then stands here. Without a
        key it rehearses: offline, free, and nothing is sent.
      </EmptyState>
    </div>
  );
}

const formats = { date: 'EEEE, d MMMM', time: 'HH:mm' } as const;

function Now({ look }: { look: 'date' | 'time' }) {
  const now = useNow(30_000);
  return <span className="whitespace-nowrap text-fg-3">{now === 0 ? '' : format(now, formats[look])}</span>;
}
