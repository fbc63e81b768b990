import { innermost, iterationEnd, type Path } from '#nodes/core/program.ts';
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
  /** Iterations that have ended. */
  ended: { index: number; outcome: 'ok' | 'error' }[];
};

/** An entry of the history with the step that it is about; null where none of its own is stored. */
export type PastEntry = { entry: HistoryEntry; stepId: string | null };
export type RunPast = { trigger: string; past: PastEntry[]; repeated: RepeatedStep[] };

/** Reads what a run has behind it, in the order of its commits. What a rewind put aside is not part of it. */
export async function readPast(query: Query, runId: string, trigger: string): Promise<RunPast> {
  const steps = await query<EndedStep>(
    `select id::text, seq, state, path, status, outcome from step
      where run_id = $1 and seq is not null and status in ('done', 'failed') order by seq, id`,
    [runId],
  );
  const repeated = await query<RepeatedStep>(
    `select s.state, s.path, s.outcome, s.decision, m.total, m.failed, (m.body->>'concurrency')::int as concurrency,
            coalesce((select jsonb_agg(jsonb_build_object('index', i.index, 'outcome', i.outcome) order by i.index)
                        from map_item i where i.step_id = s.id and i.outcome is not null), '[]') as ended
       from map_run m join step s on s.id = m.step_id where m.run_id = $1 and s.status <> 'undone'`,
    [runId],
  );
  return { trigger, past: pastOf(steps, repeated), repeated };
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
    insertBegin(past, map);
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

function insertBegin(past: PastEntry[], map: RepeatedStep): void {
  const inside = insideOf(map);
  const at = past.findIndex(({ entry }) => entry.path.startsWith(inside));
  const first = past[at];
  if (!first) return;
  const { state, path, total, concurrency, outcome, decision } = map;
  const limit = outcome === 'limit' || decision?.limit === true;
  const entry: HistoryEntry = {
    kind: 'began',
    seq: first.entry.seq,
    state,
    path,
    total,
    concurrency: concurrency ?? total,
    ...(limit ? { limit } : {}),
  };
  past.splice(at, 0, { stepId: null, entry });
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
