import type { Graph } from '#nodes/core/graph.ts';
import type { Arc, Program, State } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { nodeTitle } from './node-title.ts';

/**
 * What a program may do to the outside after a gate let pass, up to the next gate that asks a person: each write with
 * whether it can be taken back.
 */
export function effectsIfApproved(
  program: Program,
  graph: Graph,
  gate: string,
): { text: string; reversible: boolean }[] {
  const passing = gatePasses(program, gate);
  const seen = new Set<string>(passing.flatMap((arc) => statesAfter(program, arc)));
  for (const id of seen) {
    const state = program.states[id];
    if (!state || asksPerson(state.type)) continue;
    for (const arc of arcsWhereItSucceeds(state)) for (const next of statesAfter(program, arc)) seen.add(next);
  }
  return [...seen].flatMap((id) => {
    const state = program.states[id];
    if (!state || state.effect === 'pure' || state.effect === 'read') return [];
    return [{ text: effectText(graph, id, state.type), reversible: state.reversible }];
  });
}

function gatePasses(program: Program, gate: string): Arc[] {
  const state = program.states[gate];
  const passing = definitions.get(state?.type ?? '')?.gate?.passing ?? [];
  return passing.flatMap((outcome) => state?.arcs[outcome] ?? []);
}

/** What is promised is what happens if all goes well: the way after a failure is not part of it. */
function arcsWhereItSucceeds({ arcs, body }: State): Arc[] {
  const going = Object.entries(arcs).flatMap(([outcome, arc]) => (outcome === 'error' ? [] : [arc]));
  return body ? [...going, body.arc] : going;
}

/** States that an arc starts, or brings nearer to their start. */
function statesAfter(program: Program, arc: Arc): string[] {
  const joins = arc.arrivals.filter(({ taken }) => taken > 0).map(({ join }) => join);
  return [...arc.start, ...joins.filter((join) => program.states[join])];
}

function asksPerson(type: string): boolean {
  return definitions.get(type)?.gate?.by === 'human';
}

function effectText(graph: Graph, id: string, type: string): string {
  const title = nodeTitle(graph, id);
  const kind = definitions.get(type)?.title ?? type;
  return title === kind ? title : `${title} (${kind})`;
}
