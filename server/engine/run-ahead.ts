import { innermost, iterationEnd, type Program, runEnd } from '#nodes/core/program.ts';
import { decide, decideDead, type JoinArrival, type Transition } from '#nodes/core/step.ts';
import { type ItemEnd, isPlain, type StepValues } from './commit.ts';
import { type Executed, type Execution, execute, iterationResult } from './execute.ts';
import type { Inside } from './map-ahead.ts';
import { endsPlainly } from './transition-of.ts';

/** A step that was done in memory, after the one that the worker holds; `inside` are the iterations of a map. */
export type Finished = { state: string; transition: Transition; values: StepValues; inside?: Inside };
/** One whose result is more than being done: it begins in the database first, then its result is written. */
export type Held = { state: string; executed: Executed };

/** What followed from a step in memory, and what is left for the database. */
export type Ahead = {
  more: Finished[];
  held: Held[];
  starts: string[];
  arrivals: JoinArrival[];
  /** The last step of the iteration is among them. */
  end: ItemEnd | null;
};

export type Outputs = ReadonlyMap<string, Transition['output']>;

const mostSteps = 250;
/** By the clock, which goes on while other steps have their turn: what is shown live is late by this at most. */
const mostMs = 100;

/**
 * Goes on with pure steps without waiting for the commit of the one before: nothing outside depends on them, so if the
 * process dies they are simply done again. They are written with it, each as a transition of its own, before anything
 * that reaches outside begins. A join fires here only where all its edges settle here; else the database counts.
 */
export async function goAhead(
  x: Execution,
  first: Pick<Transition, 'starts' | 'arrivals'>,
  known: Outputs,
): Promise<Ahead> {
  const { program, claimed } = x;
  const begun = performance.now();
  const ahead: Ahead = { more: [], held: [], starts: [], arrivals: [], end: null };
  const counts = new Map<string, JoinArrival>();
  const outputs = new Map(known);
  const queue = first.starts.map(({ state }) => state);
  count(counts, first.arrivals);
  for (;;) {
    const state = queue.shift() ?? fired(program, counts);
    if (state === null) break;
    const late = ahead.more.length >= mostSteps || performance.now() - begun > mostMs;
    if (late || x.signal.aborted || program.states[state]?.effect !== 'pure') {
      ahead.starts.push(state);
      continue;
    }
    const step = { ...claimed, state, attempt: 1, decision: null, waitedMs: 0 };
    const executed = await execute({ ...x, claimed: step, outputs });
    const transition = plainly(x, state, executed);
    if (x.signal.aborted) {
      ahead.starts.push(state);
      continue;
    }
    if (!transition) {
      ahead.held.push({ state, executed });
      ahead.starts.push(state);
      continue;
    }
    ahead.more.push({ state, transition, values: executed.values, ...insideOf(executed) });
    outputs.set(state, transition.output);
    queue.push(...transition.starts.map(({ state: next }) => next));
    count(counts, transition.arrivals);
  }
  const at = innermost(claimed.path);
  const end = at && counts.get(iterationEnd(at.mapId));
  if (end && end.taken + end.dead === end.edges && ahead.starts.length === 0 && counts.size === 1) {
    ahead.end = await plainEnd({ ...x, outputs });
    if (ahead.end) counts.delete(end.join);
  }
  ahead.arrivals = [...counts.values()];
  return ahead;
}

/** The iterations that an execution did in memory, as a member to spread. */
export function insideOf(executed: Executed): Pick<Finished, 'inside'> {
  return executed.kind === 'event' && executed.inside ? { inside: executed.inside } : {};
}

/** The transition of a step that only finishes; null where it comes to more. */
function plainly({ program, claimed }: Execution, state: string, executed: Executed): Transition | null {
  if (executed.kind === 'item') return null;
  const transition = decide(program, { state, path: claimed.path }, executed.event);
  return isPlain(transition) ? transition : null;
}

/** How the iteration ends, null where that is for the database to write. */
async function plainEnd(x: Execution): Promise<ItemEnd | null> {
  if (!endsPlainly(x.program, x.claimed)) return null;
  const end = await iterationResult(x);
  return end.outcome === 'ok' ? end : null;
}

function count(counts: Map<string, JoinArrival>, arrivals: readonly JoinArrival[]): void {
  for (const arrival of arrivals) {
    const { taken = 0, dead = 0 } = counts.get(arrival.join) ?? {};
    counts.set(arrival.join, { ...arrival, taken: taken + arrival.taken, dead: dead + arrival.dead });
  }
}

/** Takes out one join of which all edges have settled here and answers its state where it fires; ends of scopes stay. */
function fired(program: Program, counts: Map<string, JoinArrival>): string | null {
  for (const [join, { taken, dead, edges, fireAt, path }] of counts) {
    if (taken + dead < edges || join.startsWith(runEnd)) continue;
    counts.delete(join);
    if (taken >= (fireAt ?? 1)) return join;
    count(counts, decideDead(program, join, path));
    return fired(program, counts);
  }
  return null;
}
