import { innermost, iterationEnd, iterationPath, type Path, type Program } from '../program.ts';
import { type JoinCounts, settle } from '../settle.ts';
import { decide, decideIteration, decideStart, type Transition } from '../step.ts';
import type { Checkpoint, FrontierStep, HistoryEntry, OpenMap } from './history.ts';

/** `most`: how many iterations the whole history has; a loop does not know them ahead. */
type Repeating = OpenMap & { loop: boolean; most: number; limit: boolean };

/** A run on its way through its history. */
export type Walk = {
  program: Program;
  joins: JoinCounts;
  ready: Map<string, FrontierStep>;
  maps: Map<string, Repeating>;
  ended: Checkpoint['ended'];
};

const keyOf = (state: string, path: Path): string => `${path}|${state}`;
// What it said does not matter here: only where it leads.
const failure = { code: 'INTERNAL', message: '' } as const;

/** Sets out at a trigger. */
export function setOut(program: Program, trigger: string): Walk {
  const walk: Walk = { program, joins: new Map(), ready: new Map(), maps: new Map(), ended: null };
  follow(walk, decideStart(program, trigger));
  return walk;
}

/** The state that an entry is about. */
export function stateOf(entry: HistoryEntry): string {
  return entry.kind === 'item' ? iterationEnd(innermost(entry.path)!.mapId) : entry.state;
}

/** Whether the step that an entry ends or lets wait was ready. */
export function isReady(walk: Walk, entry: HistoryEntry): boolean {
  return walk.ready.has(keyOf(stateOf(entry), entry.path));
}

/** Takes the next commit of the history, as the language decides on it. */
export function advance(walk: Walk, entry: HistoryEntry): void {
  const { path } = entry;
  const state = stateOf(entry);
  walk.ready.delete(keyOf(state, path));
  switch (entry.kind) {
    case 'began':
      begin(walk, entry);
      break;
    case 'item':
      endItem(walk, path, entry.outcome);
      break;
    case 'step':
      walk.maps.delete(keyOf(state, path));
      apply(walk, path, transitionOf(walk.program, entry));
  }
}

function transitionOf(program: Program, entry: Extract<HistoryEntry, { kind: 'step' }>): Transition {
  const { status, outcome } = entry;
  if (status === 'done' && outcome !== null) return decide(program, entry, { kind: 'done', outcome, output: null });
  return decide(program, entry, { kind: 'failed', failure, retryInMs: null, final: true });
}

function apply(walk: Walk, path: Path, transition: Transition): void {
  if (transition.failsRun) {
    walk.ready.clear();
    walk.maps.clear();
    walk.ended = 'failed';
  }
  if (transition.failsIteration) {
    leave(walk, path);
    endItem(walk, path, 'error');
  }
  follow(walk, transition);
}

function begin(walk: Walk, began: Extract<HistoryEntry, { kind: 'began' }>): void {
  const { state, path, total: most, concurrency, limit = false, further = false } = began;
  if (further) {
    const begun = walk.maps.get(keyOf(state, path))!;
    Object.assign(begun, { most, total: most });
    for (let n = Math.min(concurrency, most - begun.next); n > 0; n -= 1) beginItem(walk, begun);
    return;
  }
  forget(walk, path === '' ? `${state}:` : `${path}/${state}:`);
  const loop = walk.program.states[state]?.kind === 'loop';
  const counts = { total: loop ? 0 : most, next: 0, finished: 0, failed: 0, ended: [] };
  const map: Repeating = { state, path, loop, most, limit, ...counts };
  walk.maps.set(keyOf(state, path), map);
  for (let n = 0; n < Math.min(loop ? 1 : concurrency, most); n += 1) beginItem(walk, map);
}

/** A map that is tried again begins anew. */
function forget({ joins, ready, maps }: Walk, inside: string): void {
  for (const kept of [joins, ready, maps]) for (const key of kept.keys()) if (key.startsWith(inside)) kept.delete(key);
}

function beginItem(walk: Walk, map: Repeating): void {
  const index = map.next;
  map.next += 1;
  if (map.loop) map.total = map.next;
  follow(walk, decideIteration(walk.program, map, index));
}

function endItem(walk: Walk, path: Path, outcome: 'ok' | 'error'): void {
  const { parent, mapId, index } = innermost(path)!;
  const map = walk.maps.get(keyOf(mapId, parent))!;
  map.finished += 1;
  map.ended.push({ index, outcome });
  if (outcome === 'error') map.failed += 1;
  if (outcome === 'error' && map.failed > (walk.program.states[mapId]!.body!.tolerates ?? Number.POSITIVE_INFINITY)) {
    for (let i = 0; i < map.next; i += 1) leave(walk, iterationPath(parent, mapId, i));
    makeReady(walk, { state: mapId, path: parent, decision: { kind: 'item-failed', index } });
  } else if (map.finished === map.most) {
    makeReady(walk, { state: mapId, path: parent, decision: { kind: 'items-done', limit: map.limit } });
  } else if (map.next < map.most) {
    beginItem(walk, map);
  }
}

/** The live steps of one iteration, those of maps inside it included, are over. */
function leave({ ready, maps }: Walk, path: Path): void {
  for (const live of [ready, maps])
    for (const [key, at] of live) if (at.path === path || at.path.startsWith(`${path}/`)) live.delete(key);
}

function follow(walk: Walk, transition: Pick<Transition, 'starts' | 'arrivals'>): void {
  const { starts, ended } = settle(walk.program, walk.joins, transition);
  for (const at of starts) makeReady(walk, { ...at, decision: null });
  if (ended) walk.ended = 'completed';
}

function makeReady({ ready }: Walk, step: FrontierStep): void {
  ready.set(keyOf(step.state, step.path), step);
}
