import { type Arc, innermost, type Program, type State } from '../program.ts';
import { assignable } from '../types.ts';
import type { History, HistoryEntry } from './history.ts';
import { advance, isReady, setOut, stateOf } from './walk.ts';

/** Why a run cannot go on on another program, by node, for the operator. */
export type Incompatibility = { state: string; message: string };
export type Compatibility = { ok: true } | { ok: false; problems: Incompatibility[] };

/**
 * Whether a run of `from` with this history can go on on `to`: all that it has behind it is there, is the same kind of
 * thing, gives what is expected of it, and has nothing new before it. What is new behind it may be anything.
 */
export function compatible(from: Program, to: Program, history: History): Compatibility {
  const problems = [...byState(from, to, history), ...(to.triggers[history.trigger] ? [] : [noTrigger(history)])];
  const found = problems.length > 0 ? problems : order(to, history);
  return found.length === 0 ? { ok: true } : { ok: false, problems: found };
}

function noTrigger({ trigger }: History): Incompatibility {
  return { state: trigger, message: `The run was started by "${trigger}", which starts no run any more.` };
}

function byState(from: Program, to: Program, { entries }: History): Incompatibility[] {
  const found = new Map<string, Incompatibility>();
  for (const entry of entries) {
    if (entry.kind === 'item' || found.has(entry.state)) continue;
    const message = problemOf(from.states[entry.state]!, to.states[entry.state], entry);
    if (message) found.set(entry.state, { state: entry.state, message });
  }
  return [...found.values()];
}

function problemOf(
  before: State,
  now: State | undefined,
  entry: Exclude<HistoryEntry, { kind: 'item' }>,
): string | null {
  const node = `The node "${before.id}"`;
  if (!now) return `${node} is not there any more.`;
  if (now.type !== before.type) return `${node} was of the type ${before.type} and is now of the type ${now.type}.`;
  if (now.kind !== before.kind)
    return `${node} works in another way now: it was a ${before.kind} and is a ${now.kind}.`;
  if (now.scope !== before.scope) return `${node} was ${placeOf(before)} and is now ${placeOf(now)}.`;
  if (entry.kind === 'began' || entry.outcome === null) return null;
  const { outcome } = entry;
  if (!now.arcs[outcome])
    return outcome === 'error'
      ? `${node} failed, and nothing follows its failure any more.`
      : `${node} ended with "${outcome}", which it cannot end with any more.`;
  const [gave, gives] = [before.outcomeTypes[outcome], now.outcomeTypes[outcome]];
  const mismatch = gave && gives && assignable(gave, gives);
  if (!mismatch) return null;
  const where = mismatch.at === '' ? '' : ` in "${mismatch.at}"`;
  return `${node} gave ${mismatch.got}${where} with "${outcome}"; it has to give ${mismatch.expected} now.`;
}

function placeOf({ scope }: State): string {
  return scope === null ? 'outside of any repetition' : `within "${scope}"`;
}

/** Goes the way of the run in the other program, up to the first step that could not have begun there. */
function order(to: Program, { trigger, entries }: History): Incompatibility[] {
  const walk = setOut(to, trigger);
  const begun = new Set<string>();
  for (const entry of entries) {
    if (!isReady(walk, entry)) return [early(to, entry, begun)];
    advance(walk, entry);
    begun.add(stateOf(entry));
  }
  return [];
}

function early(to: Program, entry: HistoryEntry, begun: ReadonlySet<string>): Incompatibility {
  if (entry.kind === 'item') {
    const { mapId: state } = innermost(entry.path)!;
    return { state, message: `An iteration of "${state}" is over, but would not be over now: nodes were added to it.` };
  }
  const missing = before(to, entry.state).filter((id) => !begun.has(id));
  const message =
    missing.length === 0
      ? `The node "${entry.state}" has run, but would not have been reached now.`
      : `The node "${entry.state}" has run, but begins after ${missing.map((id) => `"${id}"`).join(', ')} now.`;
  return { state: entry.state, message };
}

/** States that lead to one, directly. */
function before({ states }: Program, id: string): string[] {
  const leads = ({ start, arrivals }: Arc): boolean =>
    start.includes(id) || arrivals.some(({ join, taken }) => join === id && taken > 0);
  return Object.values(states)
    .filter(({ arcs, body }) => Object.values(arcs).some(leads) || (body !== null && leads(body.arc)))
    .map((state) => state.id);
}
