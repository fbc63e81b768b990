import type { ConnectionRow } from '#server/connections/types.ts';

type Use = ConnectionRow['usedBy'][number];

const words: Record<Use['kind'], (name: string) => string> = {
  class: (name) => `kind of work ${name}`,
  project: () => 'model of the project',
  pipeline: (name) => name,
  memory: (name) => `memory (${name})`,
  run: (name) => `${name}, under way`,
};
const mostTold = 4;

/** What names a connection, in a line. */
export function usedBy(uses: readonly Use[]): string {
  if (uses.length === 0) return 'Named by nothing yet.';
  const told = uses.slice(0, mostTold).map(({ kind, name }) => words[kind](name));
  const more = uses.length - told.length;
  return `Named by ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
