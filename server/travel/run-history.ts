import { innermost, iterationEnd, type Path, type Program } from '#nodes/core/program.ts';
import type { History, HistoryEntry } from '#nodes/core/travel/history.ts';
import type { Query } from '#server/db/pool.ts';

/** A step that has ended, as the database has it; the internal ends of iterations are among them. */
export type EndedStep = {
  id: string;
  seq: number;
  state: string;
  path: Path;
  status: 'done' | 'failed';
  outcome: string | null;
};
export type RepeatedStep = {
  state: string;
  path: Path;
  outcome: string | null;
  decision: { limit?: boolean } | null;
  total: number;
  failed: number;
  concurrency: number | null;
  /** Of an agent: how many items it had asked for by the end of each of its turns. */
  turns: number[] | null;
  /** Iterations that have ended. */
  ended: { index: number; outcome: 'ok' | 'error' }[];
};

/** An entry of the history with the step that it is about; null where none of its own is stored. */
export type PastEntry = { entry: HistoryEntry; stepId: string | null };
export type RunPast = { trigger: string; past: PastEntry[]; repeated: RepeatedStep[] };

/**
 * Reads what a run of a program has behind it, in the order of its commits. What a rewind put aside is not part of it.
 */
export async function readPast(
  query: Query,
  { runId, trigger, program }: { runId: string; trigger: string; program: Program },
): Promise<RunPast> {
  const steps = await query<EndedStep>(
    `select id::text, seq, state, path, status, outcome from step
      where run_id = $1 and seq is not null and status in ('done', 'failed') order by seq, id`,
    [runId],
  );
  const repeated = await query<RepeatedStep>(
    `select s.state, s.path, s.outcome, s.decision, m.total, m.failed, (m.body->>'concurrency')::int as concurrency,
            case when s.state = any($2) then (select jsonb_agg(n order by n) from (
              select max(i.index) + 1 as n from map_item i where i.step_id = s.id group by i.value->>'turn') x) end as turns,
            coalesce((select jsonb_agg(jsonb_build_object('index', i.index, 'outcome', i.outcome) order by i.index)
                        from map_item i where i.step_id = s.id and i.outcome is not null), '[]') as ended
       from map_run m join step s on s.id = m.step_id where m.run_id = $1 and s.status <> 'undone'`,
    [runId, agentsOf(program)],
  );
  return { trigger, past: pastOf(steps, repeated), repeated };
}

function agentsOf({ states }: Program): string[] {
  return Object.values(states).flatMap(({ id, kind }) => (kind === 'agent' ? [id] : []));
}

/**
 * Puts together what ended and what began. An iteration whose end was stored with its last step follows that step; a map
 * begins just before the first thing within it and ends after the last.
 */
export function pastOf(steps: readonly EndedStep[], repeated: readonly RepeatedStep[]): PastEntry[] {
  const outcomes = new Map(
    repeated.flatMap((map) => map.ended.map(({ index, outcome }) => [insideOf(map) + index, outcome] as const)),
  );
  const stored = new Set(steps.filter(isEnd).map(({ path }) => path));
  const lastOf = new Map(steps.map(({ path, id }) => [path, id]));
  const past: PastEntry[] = [];
  for (const step of steps) {
    const { id, seq, state, path, status, outcome } = step;
    if (isEnd(step)) past.push({ stepId: id, entry: { kind: 'item', seq, path, outcome: outcomes.get(path) ?? 'ok' } });
    else past.push({ stepId: id, entry: { kind: 'step', seq, state, path, status, outcome } });
    const endsWithIt = lastOf.get(path) === id && !stored.has(path) && outcomes.get(path) === 'ok';
    if (endsWithIt) past.push({ stepId: null, entry: { kind: 'item', seq, path, outcome: 'ok' } });
  }
  for (const map of [...repeated].sort((a, b) => depthOf(b.path) - depthOf(a.path))) {
    putEndLast(past, map);
    insertBegins(past, map);
  }
  return past;
}

/** A map that was done in memory is stored before its iterations; it ended after them. */
function putEndLast(past: PastEntry[], map: RepeatedStep): void {
  const inside = insideOf(map);
  const at = past.findIndex(
    ({ entry }) => entry.kind === 'step' && entry.state === map.state && entry.path === map.path,
  );
  const last = past.findLastIndex(({ entry }) => entry.path.startsWith(inside));
  const [ended, after] = [past[at], past[last]];
  if (!ended || !after || at > last) return;
  past.splice(last + 1, 0, { ...ended, entry: { ...ended.entry, seq: after.entry.seq } });
  past.splice(at, 1);
}

/** Of an agent each turn begins for itself: what a later one asks follows from what those before it came to. */
function insertBegins(past: PastEntry[], map: RepeatedStep): void {
  const { state, path, concurrency, outcome, decision } = map;
  const totals = map.turns ?? [map.total];
  const limit = outcome === 'limit' || decision?.limit === true;
  totals.forEach((total, turn) => {
    const from = totals[turn - 1] ?? 0;
    const at = past.findIndex(({ entry }) => {
      const index = indexIn(map, entry.path);
      return index !== null && index >= from && index < total;
    });
    const first = past[at];
    if (!first) return;
    const entry: HistoryEntry = {
      kind: 'began',
      seq: first.entry.seq,
      state,
      path,
      total,
      concurrency: concurrency ?? total,
      ...(limit ? { limit } : {}),
      ...(turn > 0 ? { further: true } : {}),
    };
    past.splice(at, 0, { stepId: null, entry });
  });
}

/** The iteration of a map that a path is in; null: it is in none of them. */
export function indexIn(map: { state: string; path: Path }, path: Path): number | null {
  const inside = insideOf(map);
  return path.startsWith(inside) ? Number.parseInt(path.slice(inside.length), 10) : null;
}

/** An entry of the history once items are open again: they take the place of none of the others, which began as they ended. */
export function withRoomFor(past: PastEntry, again: readonly Path[]): PastEntry {
  const { entry } = past;
  if (entry.kind !== 'began') return past;
  const mine = again.filter((path) => {
    const at = innermost(path);
    return at?.mapId === entry.state && at.parent === entry.path;
  });
  if (mine.length === 0) return past;
  return { ...past, entry: { ...entry, concurrency: Math.min(entry.total, entry.concurrency + mine.length) } };
}

/** What the paths of the iterations of a map begin with. */
export function insideOf({ state, path }: { state: string; path: Path }): string {
  return path === '' ? `${state}:` : `${path}/${state}:`;
}

function isEnd({ state, path }: EndedStep): boolean {
  const at = innermost(path);
  return at !== null && state === iterationEnd(at.mapId);
}

const depthOf = (path: Path): number => (path === '' ? 0 : path.split('/').length);

/** The history as the language takes it. */
export function historyOf({ trigger, past }: Pick<RunPast, 'trigger' | 'past'>): History {
  return { trigger, entries: past.map(({ entry }) => entry) };
}

/** The part of what a run has behind it up to an event, that event included. */
export function pastUpTo(run: RunPast, seq: number): RunPast {
  return { ...run, past: run.past.filter(({ entry }) => entry.seq <= seq) };
}
