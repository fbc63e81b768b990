'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, TriangleAlert } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useStore } from 'zustand';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { Money } from '#app/_ui/money.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { UnloadedHere } from '#app/_ui/unloaded.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { useInspectedRun } from '../inspector/use-inspected-run.ts';
import { select } from '../session/actions.ts';
import { useProblems, useSession, useUi } from '../session/context.ts';
import type { DockTab } from '../session/ui-store.ts';
import { useLookedAt } from '../session/use-looked-at.ts';
import { ProblemsPanel } from './problems-panel.tsx';

const CanvasScrubber = lazyPart(
  async () => (await import('../travel/canvas-scrubber.tsx')).CanvasScrubber,
  UnloadedHere,
);
const ConsolePanel = lazyPart(async () => (await import('./console-panel.tsx')).ConsolePanel, UnloadedHere);
const SpendPanel = lazyPart(async () => (await import('./spend-panel.tsx')).SpendPanel, UnloadedHere);
const Timeline = lazyPart(async () => (await import('#app/_runs/timeline/timeline.tsx')).Timeline, UnloadedHere);

const tabs: { name: Exclude<DockTab, 'problems'>; title: string }[] = [
  { name: 'console', title: 'Console' },
  { name: 'timeline', title: 'Timeline' },
  { name: 'spend', title: 'Spend' },
];

/** Under the drawing: what is wrong with it, and how the run on it goes. */
export function Dock() {
  const open = useUi((ui) => ui.dockOpen);
  const tab = useUi((ui) => ui.dock);
  const run = useInspectedRun();
  return (
    <section className="flex h-full min-h-0 flex-col border-t border-line bg-panel" aria-label="Problems and run">
      <DockHead open={open} tab={tab} spentMicros={run?.spendMicros ?? null} />
      {open && <Scrubbed run={run} />}
      {open && (
        <div role="tabpanel" className="min-h-0 flex-1 overflow-y-auto text-12" data-dock={tab}>
          {tab === 'problems' ? <ProblemsPanel /> : <RunPanel tab={tab} run={run} />}
        </div>
      )}
    </section>
  );
}

type HeadProps = { open: boolean; tab: DockTab; spentMicros: number | null };

/** Renders when what it says changes, not with every step of a run. */
const DockHead = memo(function DockHead({ open, tab, spentMicros }: HeadProps) {
  const session = useSession();
  const show = (name: DockTab) => session.ui.setState({ dock: name, dockOpen: true });
  return (
    <div className="flex h-8 flex-none items-center border-b border-line pr-2 text-12 text-fg-2 max-phone:h-11">
      <div role="tablist" aria-label="Problems and run" className="flex gap-4 font-medium max-phone:gap-3">
        <Tab
          name="problems"
          selected={open && tab === 'problems'}
          onSelect={show}
          className="ml-4 min-w-36 max-phone:min-w-0"
        >
          <ProblemsTitle />
        </Tab>
        {tabs.map(({ name, title }) => (
          <Tab key={name} name={name} selected={open && tab === name} onSelect={show}>
            {title}
          </Tab>
        ))}
      </div>
      <span className="flex-1" />
      {spentMicros !== null && (
        <span className="max-phone:hidden">
          Settled <Money micros={spentMicros} className="font-medium text-fg" />
        </span>
      )}
      <IconButton
        size="sm"
        label={open ? 'Fold the panel' : 'Unfold the panel'}
        className="ml-2 max-phone:hidden"
        onClick={() => session.ui.setState({ dockOpen: !open })}
      >
        {open ? <ChevronDown size={14} /> : <ChevronUp size={14} />}
      </IconButton>
    </div>
  );
});

/** While a checkpoint of the run is looked at: where it is chosen. */
function Scrubbed({ run }: { run: RunDetail | null }) {
  const travel = useUi((ui) => ui.travel?.runId ?? null);
  return run && travel === run.id && run.endedAt !== null ? <CanvasScrubber key={run.id} run={run} /> : null;
}

type TabProps = {
  name: DockTab;
  selected: boolean;
  onSelect: (name: DockTab) => void;
  className?: string;
  children: React.ReactNode;
};

function Tab({ name, selected, onSelect, className, children }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={selected}
      className={cn(
        'focus-inset flex h-8 items-center gap-1.5 hover:text-fg max-phone:h-11',
        selected && 'text-fg shadow-[inset_0_-2px_var(--accent)]',
        className,
      )}
      onClick={() => onSelect(name)}
    >
      {children}
    </button>
  );
}

function ProblemsTitle() {
  const all = useProblems((problems) => problems.diagnostics);
  const diagnostics = useMemo(() => all.filter(({ severity }) => severity !== 'info'), [all]);
  const grave = diagnostics[0]?.severity === 'error';
  const hue = grave ? 'text-st-failed' : 'text-st-waiting';
  return (
    <>
      <TriangleAlert size={14} className={diagnostics.length > 0 ? hue : 'text-fg-3'} aria-hidden="true" />
      Problems
      <b className="text-fg">{diagnostics.length}</b>
    </>
  );
}

function RunPanel({ tab, run }: { tab: Exclude<DockTab, 'problems'>; run: RunDetail | null }) {
  const session = useSession();
  const trpc = useTRPC();
  const selected = useUi((ui) => (ui.selection.nodes.length === 1 ? ui.selection.nodes[0] : undefined));
  const looked = useLookedAt(selected ?? '');
  const at = useStore(session.past, (past) => past.at);
  const timeline = useQuery(
    trpc.runs.timeline.queryOptions(
      { projectId: session.projectId, runId: run?.id ?? '' },
      { enabled: run !== null && tab !== 'spend' },
    ),
  );
  if (!run)
    return <p className="px-4 py-3 text-fg-2">No run is shown. Run the draft, or choose a run above the canvas.</p>;
  if (tab === 'spend') return <SpendPanel run={run} />;
  if (timeline.isError && !timeline.data)
    return <QueryFailure error={timeline.error} onRetry={() => timeline.refetch()} />;
  if (!timeline.data) return <SkeletonRows rows={5} rowClass="h-[22px]" />;
  if (tab === 'console') return <ConsolePanel run={run} timeline={timeline.data} />;
  const past = at?.runId === run.id ? at : null;
  return (
    <div className="sg-dock-timeline">
      <Timeline
        run={run}
        timeline={timeline.data}
        selected={selected === undefined ? null : { state: selected, path: looked?.path ?? '' }}
        past={past}
        onSelect={(state, path) => {
          session.ui.setState({ lookedAt: { runId: run.id, nodeId: state, path } });
          select(session, { nodes: [state] });
        }}
      />
    </div>
  );
}
