import { definitions } from '#app/_canvas/definitions.ts';
import { compile } from '#nodes/core/compile/compile.ts';
import { proposeBindings, resultScopeAt, scopeAt } from '#nodes/core/compile/inspect.ts';
import type { Language } from './protocol.ts';

/** The language itself. Heavy: imported by the worker, and by the main thread only where workers are missing. */
export const language: Language = {
  async compile(graph, connections) {
    const { diagnostics, program } = compile(graph, definitions, { connections });
    return { diagnostics, programHash: program?.hash ?? null };
  },
  async propose(graph, edge) {
    return proposeBindings(graph, definitions, edge);
  },
  async scope(graph, nodeId, input) {
    const type = graph.nodes.find(({ id }) => id === nodeId)?.type ?? '';
    const atEnd = input === 'result' && definitions.get(type)?.kind === 'map';
    return atEnd ? resultScopeAt(graph, definitions, nodeId) : scopeAt(graph, definitions, nodeId);
  },
};
