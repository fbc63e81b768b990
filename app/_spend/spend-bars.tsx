'use client';
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { money } from '#app/_ui/format.ts';
import type { SpendBucket } from '#server/money/types.ts';
import { bucketText, type Days } from './period.ts';

type Point = SpendBucket & { text: string };

/** What was spent by day, week or month; what is unusual stands out. The table beside it says the same in figures. */
export function SpendBars({ course, per }: { course: readonly SpendBucket[]; per: Days['per'] }) {
  const points: Point[] = course.map((bucket) => ({ ...bucket, text: bucketText(bucket.from, per) }));
  const unusual = points.filter(({ anomaly }) => anomaly);
  const said =
    unusual.length === 0
      ? ''
      : `; unusual: ${unusual.map(({ text, micros }) => `${text} ${money(micros)}`).join(', ')}`;
  return (
    <figure className="h-[148px]" role="img" aria-label={`Spend by ${per}${said}`}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={points} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
          <XAxis
            dataKey="text"
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tick={{ fontSize: 11, fill: 'var(--text-3)' }}
            interval="preserveStartEnd"
            minTickGap={24}
            height={24}
          />
          <YAxis
            domain={[0, 'auto']}
            tickCount={3}
            tickFormatter={money}
            tickLine={false}
            axisLine={false}
            tick={{ fontSize: 11, fill: 'var(--text-3)' }}
            width="auto"
          />
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <Tooltip content={<Hover />} cursor={{ fill: 'var(--hover)' }} />
          <Bar dataKey="micros" isAnimationActive={false} maxBarSize={28} radius={[2, 2, 0, 0]}>
            {points.map(({ from, anomaly }) => (
              <Cell key={from} fill={anomaly ? 'var(--st-failed)' : 'var(--accent-text)'} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}

type HoverProps = { active?: boolean; payload?: readonly { payload: Point }[] };

function Hover({ active, payload }: HoverProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-control border border-line-strong bg-raised px-2 py-1 text-12 shadow-pop">
      {money(point.micros)} <span className="text-fg-3">{point.text}</span>
      {point.anomaly && <span className="block text-st-failed">unusual: {money(point.usualMicros ?? 0)} is usual</span>}
    </div>
  );
}
