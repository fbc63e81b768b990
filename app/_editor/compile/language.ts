import { definitions } from '#app/_canvas/definitions.ts';
import { compile } from '#nodes/core/compile/compile.ts';
import type { Language } from './protocol.ts';

/** The language itself. Heavy: imported by the worker, and by the main thread only where workers are missing. */
export const language: Language = {
  async compile(graph, connections) {
    const { diagnostics, program } = compile(graph, definitions, { connections });
    return { diagnostics, programHash: program?.hash ?? null };
  },
};
