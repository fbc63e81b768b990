import type { Program } from '#nodes/core/program.ts';

/** A state and all whose outputs it reads, and those that they read, and so on. */
export function upstreamStates(program: Program, state: string): string[] {
  const seen = new Set<string>([state]);
  // A set is walked in the order of insertion, what is added meanwhile included.
  for (const id of seen) for (const read of program.states[id]?.reads ?? []) seen.add(read);
  return [...seen];
}
