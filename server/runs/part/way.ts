import type { Arc, Program, State } from '#nodes/core/program.ts';

/** What is known to have come out of a node: the outcome by which the run goes on there. */
export type Known = ReadonlyMap<string, string>;
export type Way = {
  /** States that the run comes to before the target, in the order in which they are reached. */
  reached: string[];
  /** Of those: nobody knows what came out of them, and working it out would act or spend. */
  unknown: string[];
  /** Known, but by an outcome that leads elsewhere; named only where nothing else leads to the target. */
  elsewhere: string[];
};

type Asked = {
  program: Program;
  trigger: string;
  target: string;
  /** The maps and loops around the target: they are entered, not passed. */
  containers: readonly string[];
  known: Known;
  /** It may run again: it costs nothing and does nothing. */
  free: (state: State) => boolean;
};

/** Goes from a trigger to a node through what is known of the nodes between. Pure. */
export function wayTo(asked: Asked): Way {
  const { program, trigger, target, known, free } = asked;
  const reached = new Set<string>();
  const stops: string[] = [];
  const open = [trigger];
  let arrived = false;
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (id === target) arrived = true;
    const state = program.states[id];
    if (id === target || !state || reached.has(id)) continue;
    reached.add(id);
    const next = following(asked, state);
    if (known.has(id) && next.length === 0) stops.push(id);
    open.push(...next);
  }
  const states = [...reached];
  const isUnknown = (id: string): boolean => !known.has(id) && !free(program.states[id]!);
  return { reached: states, unknown: states.filter(isUnknown), elsewhere: arrived ? [] : stops };
}

function following({ program, containers, known }: Asked, state: State): string[] {
  if (state.body && containers.includes(state.id)) return targetsOf(program, state.body.arc);
  const outcome = known.get(state.id);
  const arcs = outcome === undefined ? Object.values(state.arcs) : [state.arcs[outcome]];
  return arcs.flatMap((arc) => (arc ? targetsOf(program, arc) : []));
}

function targetsOf({ states }: Program, { start, arrivals }: Arc): string[] {
  return [...start, ...arrivals.filter(({ join, taken }) => taken > 0 && states[join]).map(({ join }) => join)];
}
