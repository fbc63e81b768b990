import { definitions } from '#app/_canvas/definitions.ts';
import { compile } from '#nodes/core/compile/compile.ts';
import { proposeBindings, resultScopeAt, scopeAt } from '#nodes/core/compile/inspect.ts';
import { fittingTypes } from '../connect/fitting.ts';
import type { Language } from './protocol.ts';

/** Inputs that are read at the end of an iteration, by the kind of their node. */
const inputsAtEnd: Record<string, string[]> = { map: ['result'], loop: ['next', 'again'] };

/** The language itself. Heavy: imported by the worker, and by the main thread only where workers are missing. */
export const language: Language = {
  async compile(graph, known) {
    const { diagnostics, program } = compile(graph, definitions, known);
    return { diagnostics, programHash: program?.hash ?? null };
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
