import { cn } from '#app/_ui/cn.ts';
import { duration } from '#app/_ui/format.ts';
import { type Axis, placeOf } from './axis.ts';
import type { Bar } from './bars.ts';

const looks: Record<Bar['kind'], string> = {
  done: 'h-3 bg-st-done-soft ring-st-done',
  failed: 'h-3 bg-st-failed-soft ring-st-failed',
  running: 'h-3 bg-st-running-soft ring-st-running',
  cancelled: 'h-3 bg-st-skipped-soft ring-st-skipped-line',
  waiting: 'hatched h-3 ring-st-waiting',
  backoff: 'mt-[5px] h-px rounded-none bg-st-failed-line ring-0',
  items: 'mt-1 h-1 bg-active ring-line-strong',
};

const words: Record<Bar['kind'], string> = {
  done: 'worked',
  failed: 'failed after',
  running: 'working for',
  cancelled: 'cancelled after',
  waiting: 'waited',
  backoff: 'pause before the next attempt',
  items: 'over its items',
};

/** Bars on the axis, 12 px high: soft fill and a line in the status hue; never narrower than can be seen. */
export function Bars({ bars, axis }: { bars: readonly Bar[]; axis: Axis }) {
  return (
    <div className="relative h-3 w-full">
      {bars.map((bar) => {
        const left = placeOf(axis, bar.from);
        return (
          <i
            key={`${bar.kind} ${bar.from}`}
            title={`${words[bar.kind]} ${duration(bar.to - bar.from)}`}
            className={cn('absolute top-0 rounded-[2px] not-italic ring-1 ring-inset', looks[bar.kind])}
            style={{ left: `${left}%`, width: `max(3px, ${placeOf(axis, bar.to) - left}%)` }}
          >
            {bar.attempt !== null && (
              <em className="absolute left-[5px] text-11 leading-3 font-medium text-st-failed not-italic">
                {bar.attempt}
              </em>
            )}
          </i>
        );
      })}
    </div>
  );
}
