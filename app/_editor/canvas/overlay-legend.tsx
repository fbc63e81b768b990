'use client';
import { ShieldCheck, TriangleAlert } from 'lucide-react';
import { costBand } from '#app/_canvas/estimate.ts';
import { useProblems, useUi } from '../session/context.ts';
import { useHistory } from './use-estimates.ts';

/** What the overlays that are on show, in words, with the sums that no card can show. */
export function OverlayLegend() {
  const { spend, time, trust, risk } = useUi((ui) => ui.overlays);
  if (!spend && !time && !trust && !risk) return null;
  return (
    <div className="sg-float sg-legend" role="note" aria-label="What the overlays show">
      {spend && <SpendLegend />}
      {time && <TimeLegend />}
      {trust && <TrustLegend />}
      {risk && (
        <p>
          <b>Risk</b>
          <span>
            <TriangleAlert size={12} className="text-st-waiting" aria-hidden="true" /> from 0.3
          </span>
          <span>
            <TriangleAlert size={12} className="text-st-failed" aria-hidden="true" /> above 0.7
          </span>
          <span>
            <ShieldCheck size={13} className="text-accent-text" aria-hidden="true" /> asks or checks first
          </span>
        </p>
      )}
    </div>
  );
}

function SpendLegend() {
  const history = useHistory();
  const runs = history?.runs;
  const band = runs ?? history?.expected;
  const total = !history
    ? '…'
    : band
      ? costBand({ p50: band.p50Micros, p90: band.p90Micros })
      : 'known after the first one';
  return (
    <p data-legend="spend">
      <b>Spend</b>
      <span>
        A run: {total}
        {band && <span className="text-fg-3">({runs ? `last ${runs.samples}` : 'none was completed yet'})</span>}
      </span>
      <span>outlined: an estimate, from the median to nine of ten</span>
    </p>
  );
}

function TimeLegend() {
  const history = useHistory();
  const known = Object.keys(history?.nodes ?? {}).length;
  return (
    <p data-legend="time">
      <b>Time</b>
      <span>
        {history && known === 0
          ? 'nothing has run here yet'
          : 'outlined: estimate from the last steps; slow: takes the longest'}
      </span>
    </p>
  );
}

function TrustLegend() {
  const found = useProblems((problems) => Object.keys(problems.trust.nodes).length > 0);
  const leaks = useProblems(
    (problems) => problems.diagnostics.filter(({ code }) => code === 'UNTRUSTED_UNSAFE_WRITE').length,
  );
  return (
    <p data-legend="trust">
      <b>Trust</b>
      {found ? (
        <>
          <span>
            <i className="is-open" aria-hidden="true" /> untrusted text
          </span>
          <span>
            <i aria-hidden="true" /> a person has decided
          </span>
          {leaks > 0 && (
            <span className="text-st-failed">
              <i className="is-leak" aria-hidden="true" /> reaches what cannot be taken back
            </span>
          )}
        </>
      ) : (
        <span>No untrusted text enters this pipeline.</span>
      )}
    </p>
  );
}
