import { waitText } from '#app/_ui/status.ts';
import type { TimelineRow } from '#server/runs/types.ts';

export type ConsoleLine = {
  key: string;
  at: number;
  state: string;
  item: string;
  text: string;
  tone: 'plain' | 'bad' | 'good';
};

/** What happened in a run, line by line in the order of time. */
export function consoleLines(rows: readonly TimelineRow[]): ConsoleLine[] {
  return rows.flatMap(linesOf).sort((a, b) => a.at - b.at || a.key.localeCompare(b.key));
}

function linesOf(row: TimelineRow): ConsoleLine[] {
  const { state, path, label } = row;
  const base = { state, item: label || path };
  const lines: ConsoleLine[] = [];
  const add = (at: number | null, what: string, text: string, tone: ConsoleLine['tone'] = 'plain') => {
    if (at !== null) lines.push({ ...base, key: `${state} ${path} ${what}`, at, text, tone });
  };
  for (const { attempt, startedAt, endedAt, failure } of row.attempts) {
    add(startedAt, `${attempt} a`, attempt === 1 ? 'started' : `started again, attempt ${attempt}`);
    if (failure) add(endedAt ?? startedAt, `${attempt} b`, `failed: ${failure.message}`, 'bad');
  }
  const last = row.attempts.at(-1);
  if (row.status === 'waiting' && row.waitingFor)
    add(last?.endedAt ?? row.startedAt, 'w', `waits: ${waitText(row.waitingFor)}`);
  if (row.status === 'done') add(row.endedAt, 'z', `done: ${row.outcome ?? ''}`, 'good');
  if (row.status === 'failed' && row.outcome !== null) add(row.endedAt, 'z', `goes on at ${row.outcome}`);
  if (row.status === 'cancelled') add(row.endedAt, 'z', 'cancelled');
  return lines;
}
