import { cn } from '#app/_ui/cn.ts';
import { integer } from '#app/_ui/format.ts';
import type { Status } from '#app/_ui/status.ts';
import { pipsOf } from './pip-parts.ts';

const hue: Partial<Record<Status, string>> = {
  running: 'bg-st-running',
  waiting: 'bg-st-waiting',
  failed: 'bg-st-failed',
};

/** A run's progress in squares: done green, the next one in the hue of the run's status. */
export function Pips({ done, steps, status }: { done: number; steps: number; status: Status }) {
  const pips = pipsOf(done, steps);
  return (
    <span className="flex items-center gap-0.5" role="img" aria-label={`${done} of ${steps} steps done`}>
      {Array.from({ length: pips.total }, (_, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: squares are alike and never move
          key={index}
          className={cn(
            'size-2 rounded-[1.5px] bg-line-strong',
            index < pips.done && 'bg-st-done',
            index === pips.done && hue[status],
          )}
        />
      ))}
      <em className="ml-1.5 text-11 text-fg-3 not-italic">
        {integer(done)}/{integer(steps)}
      </em>
    </span>
  );
}
