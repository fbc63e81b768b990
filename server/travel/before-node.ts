import { type Arc, innermost, type Path, type Program } from '#nodes/core/program.ts';
import { indexIn, type PastEntry, type RunPast, withRoomFor } from './run-history.ts';

type At = { state: string; path: Path };

/**
 * What a run has behind it without a step and all that followed from it; what ran beside it stays. Where the step is of
 * an item, the other items stay too; of the passes of a loop those after it go, of an agent the turns after it. Pure.
 */
export function beforeNode(program: Program, run: RunPast, at: At): RunPast {
  const gone = goneWith(program, run.past, at);
  const again: Path[] = [];
  for (let path = at.path; path !== ''; path = innermost(path)?.parent ?? '') again.push(path);
  const past = run.past.filter(({ entry }) => !gone(entry)).map((entry) => withRoomFor(entry, again));
  return { ...run, past };
}

function goneWith(program: Program, past: readonly PastEntry[], at: At): (entry: PastEntry['entry']) => boolean {
  const levels: ((entry: PastEntry['entry']) => boolean)[] = [];
  let { state, path } = at;
  let states = new Set([state, ...after(program, state)]);
  for (;;) {
    const [here, there] = [states, path];
    levels.push((entry) => isAmong(entry, here, there));
    const inner = innermost(path);
    if (!inner) break;
    const { parent, mapId, index } = inner;
    const map = { state: mapId, path: parent };
    const kept = keptItems(program, past, { map, index });
    levels.push((entry) => endsMap(entry, mapId, parent) || isAfter(entry, map, kept));
    [state, path] = [mapId, parent];
    states = after(program, mapId);
  }
  return (entry) => levels.some((level) => level(entry));
}

/** The step is one of these at this path, or within one of them; or it is the end of the item that the path names. */
function isAmong(entry: PastEntry['entry'], states: ReadonlySet<string>, path: Path): boolean {
  if (entry.path === path) return entry.kind === 'item' || states.has(entry.state);
  const rest = path === '' ? entry.path : entry.path.startsWith(`${path}/`) ? entry.path.slice(path.length + 1) : '';
  const [first = ''] = rest.split(':');
  return first !== '' && states.has(first);
}

/** The map goes on, so it has not ended; that it began stays. */
function endsMap(entry: PastEntry['entry'], mapId: string, parent: Path): boolean {
  return entry.kind === 'step' && entry.state === mapId && entry.path === parent;
}

/** How many items do not rest on this one: all of a map, of a loop those up to it, of an agent those of its turn. */
function keptItems(program: Program, past: readonly PastEntry[], { map, index }: { map: At; index: number }): number {
  const kind = program.states[map.state]?.kind;
  if (kind === 'loop') return index + 1;
  if (kind !== 'agent') return Number.POSITIVE_INFINITY;
  const totals = past.flatMap(({ entry }) => (begins(entry, map) ? [entry.total] : []));
  return totals.find((total) => index < total) ?? Number.POSITIVE_INFINITY;
}

type Began = Extract<PastEntry['entry'], { kind: 'began' }>;

function begins(entry: PastEntry['entry'], { state, path }: At): entry is Began {
  return entry.kind === 'began' && entry.state === state && entry.path === path;
}

/** It is of an item beyond those that are kept, or begins some. */
function isAfter(entry: PastEntry['entry'], map: At, kept: number): boolean {
  if (begins(entry, map)) return entry.further === true && entry.total > kept;
  return (indexIn(map, entry.path) ?? 0) >= kept;
}

/** All states that come after one, within the same item or run. */
export function after({ states }: Program, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const arc of Object.values(states[at]?.arcs ?? {}))
      for (const next of targetsOf(arc))
        if (states[next] && !found.has(next)) {
          found.add(next);
          open.push(next);
        }
  return found;
}

function targetsOf({ start, arrivals }: Arc): string[] {
  return [...start, ...arrivals.map(({ join }) => join)];
}
