import { money } from '#app/_ui/format.ts';
import { waitText } from '#app/_ui/status.ts';
import type { ConsoleEntry, TimelineRow } from '#server/runs/types.ts';
import type { SaidByStep } from '../live/said.ts';

export type ConsoleLine = {
  key: string;
  at: number;
  state: string;
  item: string;
  text: string;
  tone: 'plain' | 'bad' | 'good' | 'log';
  /** What a model answered; `open`: it is still being written. */
  answer?: { text: string; open: boolean; cut: boolean };
};

type Sources = {
  rows: readonly TimelineRow[];
  /** What is kept of what steps said. */
  entries?: readonly ConsoleEntry[];
  /** What steps that are not over say now. */
  said?: Iterable<SaidByStep>;
};

/** What happened in a run, line by line in the order of time. */
export function consoleLines({ rows, entries = [], said = [] }: Sources): ConsoleLine[] {
  const kept = entries.map(entryLine);
  return [...rows.flatMap(linesOf), ...kept, ...openLines(rows, entries, said)].sort(
    (a, b) => a.at - b.at || a.key.localeCompare(b.key),
  );
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

function entryLine(entry: ConsoleEntry, index: number): ConsoleLine {
  const { state, path, label, at } = entry;
  const base = { key: `${state} ${path} n ${index}`, at, state, item: label || path, tone: 'log' as const };
  if (entry.kind === 'log') return { ...base, text: entry.message };
  const { model, rehearsal, inputTokens, outputTokens, costMicros, priced, text, cut } = entry;
  const price = rehearsal ? 'rehearsal, no language model' : priced ? money(costMicros) : 'no price known';
  return {
    ...base,
    text: `${model} answered: ${inputTokens} tokens in, ${outputTokens} out, ${price}`,
    answer: { text, open: false, cut },
  };
}

/** What is said now by steps whose record the server does not tell yet. */
function openLines(
  rows: readonly TimelineRow[],
  entries: readonly ConsoleEntry[],
  said: Iterable<SaidByStep>,
): ConsoleLine[] {
  const over = new Set(rows.filter(({ endedAt }) => endedAt !== null).map(({ state, path }) => `${state} ${path}`));
  const answered = new Set(
    entries.flatMap((entry) => (entry.kind === 'model' ? [`${entry.state} ${entry.path}`] : [])),
  );
  const labels = new Map(rows.map(({ state, path, label }) => [`${state} ${path}`, label]));
  return [...said].flatMap(({ state, path, attempt, at, text, partial, lines }) => {
    const step = `${state} ${path}`;
    if (over.has(step)) return [];
    const base = { state, item: labels.get(step) || path, tone: 'log' as const };
    const logged = lines.map((line, n) => ({
      ...base,
      key: `${step} ${attempt} n ${n}`,
      at: line.at,
      text: line.message,
    }));
    if (text === '' || answered.has(step)) return logged;
    const answer = { text: partial ? `… ${text}` : text, open: true, cut: false };
    return [...logged, { ...base, key: `${step} ${attempt} said`, at, text: 'the model writes', answer }];
  });
}
