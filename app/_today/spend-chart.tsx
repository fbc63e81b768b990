'use client';
import { Area, AreaChart, ReferenceDot, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { money } from '#app/_ui/format.ts';
import { useNow } from '#app/_ui/now.ts';
import { courseOf } from './spend-course.ts';

/** The day's spend as it grew, from midnight to now on an axis to midnight. */
export function SpendChart({ hourly }: { hourly: readonly { hour: number; micros: number }[] }) {
  const now = new Date(useNow(60_000) || Date.now());
  const nowHour = now.getHours() + now.getMinutes() / 60;
  const points = courseOf(hourly, nowHour);
  const last = points.at(-1) ?? { hour: 0, micros: 0 };
  return (
    <figure className="h-[108px]" role="img" aria-label={`Spend so far today: ${money(last.micros)}`}>
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={points} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
          <XAxis
            dataKey="hour"
            type="number"
            domain={[0, 24]}
            ticks={[0, 6, 12, 18, 24]}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tick={<HourTick />}
            interval={0}
            height={24}
          />
          <YAxis hide domain={[0, (max: number) => Math.max(max * 1.15, 1)]} />
          <Tooltip content={<Hover />} cursor={{ stroke: 'var(--line-strong)' }} />
          <Area
            dataKey="micros"
            type="linear"
            stroke="var(--accent-text)"
            strokeWidth={1.75}
            fill="var(--accent-soft)"
            fillOpacity={1}
            isAnimationActive={false}
          />
          <ReferenceDot
            x={last.hour}
            y={last.micros}
            r={3.5}
            fill="var(--accent-text)"
            stroke="var(--bg)"
            strokeWidth={2}
          />
        </AreaChart>
      </ResponsiveContainer>
    </figure>
  );
}

type TickProps = { x?: number; y?: number; payload?: { value: number } };

/** The first and the last hour stand inside the axis, the others below their tick. */
function HourTick({ x = 0, y = 0, payload }: TickProps) {
  const hour = payload?.value ?? 0;
  const anchor = hour === 0 ? 'start' : hour === 24 ? 'end' : 'middle';
  return (
    <text x={x} y={y} dy={10} textAnchor={anchor} fontSize={11} fill="var(--text-3)">
      {clockText(hour)}
    </text>
  );
}

function clockText(hour: number): string {
  const minutes = Math.round(hour * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

type HoverProps = { active?: boolean; payload?: readonly { payload: { hour: number; micros: number } }[] };

function Hover({ active, payload }: HoverProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-control border border-line-strong bg-raised px-2 py-1 text-12 shadow-pop">
      {money(point.micros)} <span className="text-fg-3">until {clockText(point.hour)}</span>
    </div>
  );
}
