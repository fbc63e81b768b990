const isoPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/;
const dayMs = 86_400_000;

/** Reads a date (`2026-01-31`) or a date and time (`2026-01-31T09:30:00Z`); without a zone it is UTC. Throws otherwise. */
export function toTime(value: unknown): Date {
  if (value instanceof Date) return value;
  const parts = typeof value === 'string' ? isoPattern.exec(value.trim()) : null;
  const [, year, month, day, time = '00:00', zone = 'Z'] = parts ?? [];
  const at = new Date(`${year}-${month}-${day}T${time}${zone}`);
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number.isNaN(at.getTime()) || Number(day) > lastDay)
    throw new Error(`${JSON.stringify(value)} is not a date such as 2026-01-31 or 2026-01-31T09:30:00Z.`);
  return at;
}

/** Whole days from one time to another, negative where the second is earlier. */
export function daysBetween(from: unknown, to: unknown): number {
  const days = Math.trunc((toTime(to).getTime() - toTime(from).getTime()) / dayMs);
  return days === 0 ? 0 : days;
}
