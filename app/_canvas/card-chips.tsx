'use client';
import { cn } from '#app/_ui/cn.ts';
import { ageLong, duration, exactMicros, money, plural } from '#app/_ui/format.ts';
import { useNow } from '#app/_ui/now.ts';
import { type CardEstimate, useEstimate } from './context.ts';
import { costBand, roughly, timeBand } from './estimate.ts';
import type { CardLive } from './live-view.ts';

/** What a node cost and took in the run on the canvas; and what it is likely to, while that overlay is on. */
export function CardChips({ id, live }: { id: string; live: CardLive | undefined }) {
  const estimate = useEstimate(id);
  const now = useNow(live?.since == null ? 3_600_000 : 1_000);
  if (!live && !estimate) return null;
  const { costMicros = 0, cached = 0, counts = null, since = null, timeMs = null, tries = null } = live ?? {};
  const took = since !== null ? ageLong(Math.max(0, now - since)) : timeMs !== null ? duration(timeMs) : null;
  const over = timeMs !== null && since === null;
  return (
    <div className="sg-chips">
      <CostChips estimate={estimate} costMicros={costMicros} cached={cached} ended={over} />
      {estimate?.time && took === null && (
        <span className="sg-est sg-est-time" title={timeWords(estimate)}>
          <Band wide={`${timeBand(estimate.time)}${each(estimate)}`} brief={duration(estimate.time.p50)} />
        </span>
      )}
      {took !== null && (
        <span className="sg-time" title={estimate?.time ? timeWords(estimate) : undefined}>
          {estimate?.time && !estimate.each && <Before text={duration(estimate.time.p50)} of="time" />}
          {took}
        </span>
      )}
      {estimate?.slowest && (
        <span className="sg-est sg-est-time sg-slowest" title="One of the three that take the longest">
          slow
        </span>
      )}
      {counts !== null && <span title="Items of the loop">{counts}</span>}
      {tries !== null && <span>{plural(tries, 'try', 'tries')}</span>}
    </div>
  );
}

type CostProps = { estimate: CardEstimate | undefined; costMicros: number; cached: number; ended: boolean };

function CostChips({ estimate, costMicros, cached, ended }: CostProps) {
  if (costMicros > 0) {
    const cost = estimate?.cost;
    return (
      <span
        className={cn('sg-spend', cost && !estimate.each && costMicros > cost.p90 && 'is-over')}
        title={cost ? `${exactMicros(costMicros)}; ${costWords(estimate)}` : exactMicros(costMicros)}
      >
        {cost && !estimate.each && <Before text={money(roughly(cost.p50))} of="cost" />}
        {money(costMicros)}
      </span>
    );
  }
  if (cached > 0)
    return (
      <span className="sg-spend" title={`${plural(cached, 'answer')} kept from before: nothing was paid again`}>
        cached, $0
      </span>
    );
  if (!estimate || ended) return null;
  if (estimate.unpriced !== undefined)
    return (
      <span
        className="sg-est sg-est-cost"
        title={`Nobody knows what ${estimate.unpriced} costs: set its price on the page Spend`}
      >
        <Band wide="unpriced" brief="?" />
      </span>
    );
  if (estimate.cost === null)
    return (
      <span className="sg-est sg-est-cost" title="It has not run here yet, so nobody can say what it costs">
        <Band wide="no estimate yet" brief="?" />
      </span>
    );
  return (
    <span className="sg-est sg-est-cost" title={costWords(estimate)}>
      <Band wide={`${costBand(estimate.cost)}${each(estimate)}`} brief={money(roughly(estimate.cost.p50))} />
    </span>
  );
}

/** Both are there; which is seen follows from how many overlays are on, in the style sheet. */
function Band({ wide, brief }: { wide: string; brief: string }) {
  return (
    <>
      <span className="sg-wide">{wide}</span>
      <span className="sg-brief" aria-hidden="true">
        {brief}
      </span>
    </>
  );
}

/** What was to be expected, before what it came to. */
function Before({ text, of }: { text: string; of: 'cost' | 'time' }) {
  return (
    <span className={`sg-before is-${of}`}>
      <span className="sr-only">estimate </span>
      {text} →{' '}
    </span>
  );
}

const each = (estimate: CardEstimate): string => (estimate.each ? ' each' : '');

function costWords(estimate: CardEstimate): string {
  const { cost, samples } = estimate;
  if (cost === null) return '';
  if (samples === 0)
    return cost.p90 === 0
      ? 'It calls no model that charges, so it costs nothing'
      : `from its prompt, its longest answer and the price: half up to ${money(cost.p50)}, nine of ten up to ${money(cost.p90)}${each(estimate)}`;
  return `half of the last ${samples} cost up to ${money(cost.p50)}, nine of ten up to ${money(cost.p90)}${each(estimate)}`;
}

function timeWords(estimate: CardEstimate): string {
  const { time, samples } = estimate;
  if (time === null) return '';
  return `half of the last ${samples} took up to ${duration(time.p50)}, nine of ten up to ${duration(time.p90)}${each(estimate)}`;
}
