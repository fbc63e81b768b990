import type { Provenance } from '#nodes/core/capabilities.ts';

/**
 * What led to what a step gave, apart from what attempts before it did that failed. Where none went well, all of it
 * stands: it led to the failure.
 */
export function standingOf(entries: readonly Provenance[]): { standing: Provenance[]; inVain: Provenance[] } {
  const standing = entries.filter(({ inVain = false }) => !inVain);
  if (standing.length === 0) return { standing: [...entries], inVain: [] };
  return { standing, inVain: entries.filter(({ inVain = false }) => inVain) };
}
