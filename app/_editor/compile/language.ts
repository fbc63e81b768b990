import { definitions } from '#app/_canvas/definitions.ts';
import { createCompileCache } from '#nodes/core/compile/cache.ts';
import { check, isRunnable } from '#nodes/core/compile/compile.ts';
import { proposeBindings, resultScopeAt, scopeAt } from '#nodes/core/compile/inspect.ts';
import { fittingTypes } from '../connect/fitting.ts';
import type { Language } from './protocol.ts';

/** What was found of nodes and edges, from one edit to the next. */
const cache = createCompileCache();

/** Inputs that are read at the end of an iteration, by the kind of their node. */
const inputsAtEnd: Record<string, string[]> = { map: ['result'], loop: ['next', 'again'] };

/** The language itself. Heavy: imported by the worker, and by the main thread only where workers are missing. */
export const language: Language = {
  async compile(graph, known) {
    const { diagnostics, rest } = check(graph, definitions, { ...known, cache });
    return { diagnostics, runnable: isRunnable(diagnostics), trust: rest?.trust() ?? { nodes: {}, edges: {} } };
  },
  async propose(graph, edge) {
    return proposeBindings(graph, definitions, edge);
  },
  async scope(graph, nodeId, input) {
    const type = graph.nodes.find(({ id }) => id === nodeId)?.type ?? '';
    const atEnd = inputsAtEnd[definitions.get(type)?.kind ?? '']?.includes(input);
    return atEnd ? resultScopeAt(graph, definitions, nodeId) : scopeAt(graph, definitions, nodeId);
  },
  async fitting(graph, place) {
    return fittingTypes(graph, definitions, place);
  },
};
