import { type Arc, innermost, type Program, type State } from '#nodes/core/program.ts';
import { type Outcomes, outcomeKey } from './facts.ts';

type At = { state: string; path: string };

/**
 * The steps that chose the way on which a step ran: the nearest before it whose other outcomes would not have led there.
 * Looks at the ways that were taken only. Pure.
 */
export function decidersOf(program: Program, at: At, outcomes: Outcomes): At[] {
  const seen = new Set<string>();
  const found: At[] = [];
  // Out of an iteration, what counts is whether what repeats it would have run.
  const open = [{ at, target: at }];
  for (let next = open.pop(); next; next = open.pop())
    for (const before of takenInto(program, next.at, outcomes)) {
      const key = outcomeKey(before.state, before.path);
      if (seen.has(key)) continue;
      seen.add(key);
      const target = before.path === next.at.path ? next.target : before;
      if (decides(program, outcomes, { before, target })) found.push(before);
      else open.push({ at: before, target });
    }
  return found.reverse();
}

/** What ended with an outcome that leads to a step, in its own iteration; the first of an iteration follows what repeats it. */
function takenInto(program: Program, { state, path }: At, outcomes: Outcomes): At[] {
  const into: At[] = [];
  const scope = program.states[state]?.scope ?? null;
  for (const from of leadingTo(program).get(state) ?? []) {
    const taken = outcomes.get(outcomeKey(from.state, path));
    if (taken !== undefined && taken === from.outcome) into.push({ state: from.state, path });
  }
  const around = innermost(path);
  if (scope !== null && around?.mapId === scope && leadsTo(program.states[scope]?.body?.arc, state))
    into.push({ state: scope, path: around.parent });
  return into;
}

function decides(program: Program, outcomes: Outcomes, { before, target }: { before: At; target: At }): boolean {
  const state = program.states[before.state];
  if (!state || state.body) return false;
  const taken = outcomes.get(outcomeKey(before.state, before.path));
  const others = Object.keys(state.outcomeTypes).filter((outcome) => outcome !== taken && outcome !== 'error');
  return others.some((outcome) => !reach(program, state, outcome).has(target.state));
}

const leadsTo = (arc: Arc | undefined, state: string): boolean => targets(arc).includes(state);

function targets(arc: Arc | undefined): string[] {
  if (!arc) return [];
  return [...arc.start, ...arc.arrivals.filter(({ taken }) => taken > 0).map(({ join }) => join)];
}

/** The states of an iteration that ran last: none that ran there followed them. Pure. */
export function lastSteps(program: Program, path: string, outcomes: Outcomes): string[] {
  const ran = Object.values(program.states).filter(({ id }) => outcomes.has(outcomeKey(id, path)));
  const ids = new Set(ran.map(({ id }) => id));
  const next = ({ id, arcs }: State): string[] => targets(arcs[outcomes.get(outcomeKey(id, path)) ?? '']);
  return ran.filter((state) => !next(state).some((id) => ids.has(id))).map(({ id }) => id);
}

type Leading = Map<string, { state: string; outcome: string }[]>;
const leading = new WeakMap<Program, Leading>();

/** By state: from which outcomes of which states one comes there. */
function leadingTo(program: Program): Leading {
  const known = leading.get(program);
  if (known) return known;
  const made: Leading = new Map();
  for (const { id, arcs } of Object.values(program.states))
    for (const [outcome, arc] of Object.entries(arcs))
      for (const target of targets(arc)) {
        const list = made.get(target) ?? [];
        list.push({ state: id, outcome });
        made.set(target, list);
      }
  leading.set(program, made);
  return made;
}

const reached = new WeakMap<Program, Map<string, ReadonlySet<string>>>();

/** The states that an outcome may lead to, however far. */
function reach(program: Program, state: State, outcome: string): ReadonlySet<string> {
  const all = reached.get(program) ?? new Map<string, ReadonlySet<string>>();
  reached.set(program, all);
  const key = `${state.id}.${outcome}`;
  const known = all.get(key);
  if (known) return known;
  const found = new Set<string>();
  const open = targets(state.arcs[outcome]);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const arc of Object.values(program.states[id]?.arcs ?? {})) open.push(...targets(arc));
  }
  all.set(key, found);
  return found;
}
