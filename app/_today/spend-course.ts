/** One point of the day's course: hours since midnight, and what was spent until then. */
export type CoursePoint = { hour: number; micros: number };

/** The running total of the day, from midnight to `nowHour` (a fraction of the current hour included). */
export function courseOf(hourly: readonly { hour: number; micros: number }[], nowHour: number): CoursePoint[] {
  const byHour = new Map(hourly.map((entry) => [entry.hour, entry.micros]));
  const points: CoursePoint[] = [{ hour: 0, micros: 0 }];
  let total = 0;
  for (let hour = 0; hour < 24 && hour < nowHour; hour++) {
    total += byHour.get(hour) ?? 0;
    points.push({ hour: Math.min(hour + 1, nowHour), micros: total });
  }
  return points;
}
