import type { ReactNode } from 'react';
import { exactMicros, integer, percent } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import type { SpendReport } from '#server/money/types.ts';
import { changeText, inBandHint } from './period.ts';

/** The figures of the time: spent, against before, unpriced, and how good the estimates were. */
export function SpendFacts({ report, before }: { report: SpendReport; before: string }) {
  const { totalMicros, previousMicros, calls, unpricedCalls, calibration, course } = report;
  const unusual = course.filter(({ anomaly }) => anomaly).length;
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 pb-3">
      <Fact name="Spent">
        <Money micros={totalMicros} className="text-28 font-semibold tracking-[-0.02em]" />
        <span className="block text-12 text-fg-3">{exactMicros(totalMicros)}</span>
      </Fact>
      <Fact name={`Against ${before}`}>
        {changeText(totalMicros, previousMicros)}
        <span className="block text-12 text-fg-3">
          <Money micros={previousMicros} /> then
        </span>
      </Fact>
      <Fact name="Calls">
        {integer(calls)}
        {unpricedCalls > 0 && (
          <span className="block text-12 text-st-waiting">
            {integer(unpricedCalls)} unpriced: their cost is not known
          </span>
        )}
      </Fact>
      <Fact name="Estimates">
        {calibration ? (
          <>
            <span title={inBandHint}>{percent(calibration.inBand / calibration.calls)} in the band</span>
            <span className="block text-12 text-fg-3">
              expected <Money micros={calibration.expectedMicros} />, was <Money micros={calibration.actualMicros} />
            </span>
          </>
        ) : (
          <span className="text-fg-3">none yet</span>
        )}
      </Fact>
      {unusual > 0 && (
        <Fact name="Unusual">
          <span className="text-st-failed">{integer(unusual)} marked below</span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-11 font-medium text-fg-3">{name}</dt>
      <dd className="text-14 font-medium tabular-nums">{children}</dd>
    </div>
  );
}
