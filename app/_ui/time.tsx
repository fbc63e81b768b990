'use client';
import { absolute, age, ageLong, duration, moment } from './format.ts';
import { useNow } from './now.ts';

/** How long ago, with the absolute time on hover. Keeps itself current. */
export function Ago({ at, long = false, className }: { at: number; long?: boolean; className?: string }) {
  const recent = Date.now() - at < 90_000;
  const now = useNow(recent ? 1_000 : 30_000) || at;
  const passed = Math.max(0, now - at);
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at)} className={className}>
      {long ? ageLong(passed) : age(passed)}
    </time>
  );
}

/** A point in time, as briefly as it stays clear; in full on hover. */
export function Moment({ at, className }: { at: number; className?: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at)} className={className}>
      {moment(at)}
    </time>
  );
}

/** How long something takes: counts on while `endedAt` is null. Nothing where it has not started. */
export function Duration({
  startedAt,
  endedAt,
  className,
}: {
  startedAt: number | null;
  endedAt: number | null;
  className?: string;
}) {
  const now = useNow(endedAt === null ? 1_000 : 3_600_000);
  if (startedAt === null) return <span className={className} />;
  const ms = (endedAt ?? Math.max(now, startedAt)) - startedAt;
  return <span className={className}>{endedAt === null ? ageLong(ms) : duration(ms)}</span>;
}
