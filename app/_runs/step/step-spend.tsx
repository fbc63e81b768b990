'use client';
import { Cached, RehearsalBadge } from '#app/_ui/badge.tsx';
import { integer, money, plural } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import type { Estimate, StepSpend as SpendRow, StepDetail } from '#server/runs/types.ts';
import { Nothing, Section } from './section.tsx';
import { bandOf, partsOf } from './spend-parts.ts';

/** What a step cost: the figure against what such steps cost before, then the statement with the price row. */
export function StepSpend({ step }: { step: StepDetail }) {
  return (
    <div className="grid gap-3">
      <Section title="Spend" aside={<Money micros={step.costMicros} className="text-16 font-semibold text-fg" />}>
        {step.estimate ? (
          <Band estimate={step.estimate} actualMicros={step.costMicros} />
        ) : (
          <Nothing>No estimate yet: no earlier step of this node has spent anything.</Nothing>
        )}
      </Section>
      {step.spend.length === 0 ? (
        <Nothing>No model was called.</Nothing>
      ) : (
        <table className="w-full text-12">
          <tbody>
            {step.spend.map((row) => (
              <Statement key={row.at} row={row} />
            ))}
            <tr className="border-t border-fg-3 font-semibold">
              <td className="h-6">Settled</td>
              <td className="text-right font-normal text-fg-3">{plural(step.spend.length, 'call')}</td>
              <td className="text-right">
                <Money micros={step.costMicros} look="statement" />
              </td>
            </tr>
          </tbody>
        </table>
      )}
    </div>
  );
}

function Statement({ row }: { row: SpendRow }) {
  const parts = row.cached ? [] : partsOf(row);
  return (
    <>
      <tr>
        <td colSpan={2} className="h-6 text-fg-2">
          {row.model} <span className="text-fg-3">{row.provider}</span>
          {row.permille !== 1_000 && <span className="text-fg-3"> · batch, {row.permille / 10} %</span>}
        </td>
        <td className="text-right">
          {row.cached ? <Cached /> : row.rehearsal ? <RehearsalBadge /> : <PriceRow priceId={row.priceId} />}
        </td>
      </tr>
      {parts.map((part) => (
        <tr key={part.name}>
          <td className="h-6">
            {part.name}, {plural(part.tokens, 'token')}
          </td>
          <td className="px-2 text-right text-11 text-fg-3">
            {part.microsPerM === null ? '' : `${money(part.microsPerM)} / M`}
          </td>
          <td className="text-right">
            {part.micros === null ? (
              <span className="text-fg-3">–</span>
            ) : (
              <Money micros={part.micros} look="statement" />
            )}
          </td>
        </tr>
      ))}
    </>
  );
}

function PriceRow({ priceId }: { priceId: string | null }) {
  if (priceId === null) return <span className="text-11 text-st-waiting">no price known</span>;
  return <span className="text-11 text-fg-3">price {priceId}</span>;
}

function Band({ estimate, actualMicros }: { estimate: Estimate; actualMicros: number }) {
  const band = bandOf(estimate, actualMicros);
  return (
    <div>
      <div className="relative my-2 h-px bg-line-strong">
        <div
          className="absolute -top-1 h-2 rounded-[2px] border border-accent-line bg-accent-soft"
          style={{ left: `${band.from}%`, width: `${band.to - band.from}%` }}
        />
        <div className="absolute -top-1.5 h-3 w-0.5 bg-accent" style={{ left: `${band.at}%` }} />
      </div>
      <p className="flex justify-end gap-4 text-11 text-fg-3">
        <span>p50 {money(estimate.p50Micros)}</span>
        <span>p90 {money(estimate.p90Micros)}</span>
        <span>of {integer(estimate.samples)} before</span>
      </p>
    </div>
  );
}
