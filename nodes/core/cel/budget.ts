/** What one evaluation may cost. The numbers keep the worst expression below about a second on a small machine. */
export const evaluationLimits = { cost: 5_000_000, text: 5_000_000, depth: 64 } as const;

let left: number = evaluationLimits.cost;

/** Starts the account of one evaluation. Evaluations are synchronous and do not nest. */
export function startBudget(): void {
  left = evaluationLimits.cost;
}

/** Pays for work that grows with the values. Throws where an evaluation has cost too much. */
export function spend(cost: number): void {
  left -= cost;
  if (left < 0) throw new Error('it takes too many steps. Shorten the lists, or do it in several nodes.');
}

/** What it costs to look at a value once. */
export function costOf(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >>> 6);
  return Array.isArray(value) ? 1 + value.length : 1;
}

/** Pays for a text that was made. */
export function made(text: string): string {
  spend(text.length >>> 4);
  if (text.length > evaluationLimits.text)
    throw new Error(`it makes a text of more than ${evaluationLimits.text} characters.`);
  return text;
}
