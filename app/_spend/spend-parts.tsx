import { TrendingDown, TrendingUp } from 'lucide-react';
import { cn } from '#app/_ui/cn.ts';
import { amount, exactMicros, integer, money, percent } from '#app/_ui/format.ts';
import type { SpendMover, SpendPart, SpendReport } from '#server/money/types.ts';
import { changeText, inBandHint } from './period.ts';

/** The statement: each part to the micro-dollar, their sum under the line, and what moved most beside it. */
export function SpendParts({ report }: { report: SpendReport }) {
  return (
    <div className="mt-4 grid grid-cols-[minmax(0,1fr)_280px] gap-8 max-wide:grid-cols-1">
      <table aria-label="Spend by part" className="w-full table-fixed text-12 tabular-nums">
        <thead>
          <tr className="text-11 text-fg-3">
            <th className={cn(head, 'text-left')}>For</th>
            <th className={cn(head, 'w-16 max-phone:hidden')}>Calls</th>
            <th className={cn(head, 'w-20 max-phone:hidden')}>Share</th>
            <th className={cn(head, 'w-20')} title="Against as many days before">
              Change
            </th>
            <th className={cn(head, 'w-24 max-phone:hidden')} title={inBandHint}>
              In the band
            </th>
            <th className={cn(head, 'w-28')}>Settled, $</th>
          </tr>
        </thead>
        <tbody>
          {report.parts.map((part) => (
            <PartRow key={part.key} part={part} />
          ))}
          <tr className="font-semibold">
            <td className="h-7 border-t border-fg-3">Settled</td>
            <td className="border-t border-fg-3 text-right max-phone:hidden">{integer(report.calls)}</td>
            <td className="border-t border-fg-3 max-phone:hidden" />
            <td className="border-t border-fg-3 text-right font-normal text-fg-3">
              {changeText(report.totalMicros, report.previousMicros)}
            </td>
            <td className="border-t border-fg-3 max-phone:hidden" />
            <td className="border-t border-fg-3 text-right">{amount(report.totalMicros)}</td>
          </tr>
        </tbody>
      </table>
      <Movers movers={report.movers} />
    </div>
  );
}

const head = 'h-6 border-b border-line text-right font-medium';

function PartRow({ part }: { part: SpendPart }) {
  const { title, calls, share, micros, previousMicros, compared, inBand, unpricedCalls } = part;
  return (
    <tr className="hover:bg-hover">
      <td className="h-7 truncate" title={title}>
        {title}
      </td>
      <td className="text-right text-fg-3 max-phone:hidden">{integer(calls)}</td>
      <td className="text-right text-fg-3 max-phone:hidden">{percent(share)}</td>
      <td className="text-right text-fg-3">{changeText(micros, previousMicros)}</td>
      <td className="text-right text-fg-3 max-phone:hidden">{compared === 0 ? '–' : percent(inBand / compared)}</td>
      <td className={cn('text-right', micros === 0 && 'text-fg-3')}>
        {unpricedCalls === calls ? <span className="text-st-waiting">unpriced</span> : amount(micros)}
      </td>
    </tr>
  );
}

function Movers({ movers }: { movers: readonly SpendMover[] }) {
  if (movers.length === 0) return null;
  return (
    <section>
      <h2 className="text-13 font-semibold">Moved most</h2>
      <ul className="mt-1">
        {movers.map(({ key, title, changeMicros }) => {
          const Icon = changeMicros > 0 ? TrendingUp : TrendingDown;
          return (
            <li key={key} className="flex h-7 items-center gap-2 border-b border-line text-12">
              <Icon size={13} className="flex-none text-fg-3" aria-label={changeMicros > 0 ? 'more' : 'less'} />
              <span className="flex-1 truncate" title={title}>
                {title}
              </span>
              <span className="tabular-nums" title={exactMicros(changeMicros)}>
                {changeMicros > 0 ? '+' : '−'}
                {money(Math.abs(changeMicros))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
