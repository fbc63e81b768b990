import { cn } from '#app/_ui/cn.ts';
import { duration, money } from '#app/_ui/format.ts';
import { type Status, statusWord, toStatus } from '#app/_ui/status.ts';
import type { PipelineRow } from '#server/pipelines/types.ts';

const hue: Record<Status, string> = {
  idle: 'bg-line-strong',
  queued: 'bg-st-queued',
  running: 'bg-st-running',
  waiting: 'bg-st-waiting',
  done: 'bg-st-done',
  failed: 'bg-st-failed',
  skipped: 'bg-line-strong',
  undone: 'bg-st-undone',
  cancelled: 'bg-st-skipped-line',
};

/** The newest 12 runs, oldest at the left: hue is how each ended, height is how long it took beside the longest. */
export function Sparkline({ runs }: { runs: PipelineRow['lastRuns'] }) {
  const longest = Math.max(1, ...runs.map((run) => run.ms ?? 0));
  const inOrder = runs.toReversed();
  const ended = runs.filter((run) => run.status === 'completed').length;
  return (
    <span
      role="img"
      aria-label={runs.length === 0 ? 'No runs yet' : `Last ${runs.length} runs, ${ended} done`}
      className="flex h-5 w-[94px] items-end gap-0.5"
    >
      {inOrder.map((run, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a sparkline have no names
          key={index}
          title={`${statusWord(toStatus(run.status))}${run.ms === null ? '' : `, ${duration(run.ms)}`}, ${money(run.spendMicros)}`}
          className={cn('w-1.5 rounded-[1px]', hue[toStatus(run.status)])}
          style={{ height: `${run.ms === null ? 100 : 30 + (run.ms / longest) * 70}%` }}
        />
      ))}
    </span>
  );
}
