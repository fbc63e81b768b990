/** What the doctor looks at, in the order in which it tells. */
export const sections = [
  'database',
  'workers',
  'jobs',
  'stuck',
  'waits',
  'orphans',
  'undo',
  'effects',
  'spend',
  'counters',
  'events',
  'index',
  'disk',
  'settings',
] as const;
export type Section = (typeof sections)[number];

/** `wrong`: something has to be done. `note`: worth knowing. `ok`: looked at, and well. */
export type Level = 'ok' | 'note' | 'wrong';

/** One thing that the doctor found. Times are epoch milliseconds. */
export type Finding = {
  section: Section;
  level: Level;
  /** What it is, in a few words. */
  what: string;
  /** Run and node, worker, job or project. */
  where: string | null;
  why: string | null;
  since: number | null;
  /** What to do about it. */
  todo: string | null;
};

type Parts = Partial<Omit<Finding, 'section' | 'level' | 'what' | 'since'>> & { since?: Date | null };

export function finding(section: Section, level: Level, { what, ...parts }: Parts & { what: string }): Finding {
  const { where = null, why = null, since = null, todo = null } = parts;
  return { section, level, what, where, why, since: since?.getTime() ?? null, todo };
}

/** A finding in one line of text. `nowMs`: to say how long ago something began. */
export function lineOf({ section, level, ...f }: Finding, nowMs: number): string {
  const mark = { ok: 'ok  ', note: 'note', wrong: 'BAD ' }[level];
  const since = f.since === null ? null : `since ${new Date(f.since).toISOString()} (${span(nowMs - f.since)})`;
  const told = [f.where, f.what, f.why].filter((part) => part !== null).join(': ');
  return `${mark} ${section}: ${[told, since].filter((part) => part !== null).join(', ')}${f.todo === null ? '' : `. Do: ${f.todo}`}`;
}

function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** A run `r` of a pipeline `p`, and a node of a graph `g` by its state, as the operator knows them. */
export const runName = `'R-' || r.ref || ' of ' || p.name`;
export const nodeName = (state: string, path: string): string => `coalesce(', “' || coalesce((
  select nullif(n->>'title', '') from jsonb_array_elements(g.graph->'nodes') n where n->>'id' = ${state}), ${state}) || '”'
  || case when ${path} = '' then '' else ' (' || ${path} || ')' end, '')`;
/** What a run `r` belongs to, for the two above. */
export const ofRun = 'join pipeline p on p.id = r.pipeline_id join run_graph g on g.id = r.graph_id';
