/** How many squares of progress fit a row. */
export const mostPips = 8;

/** Squares for a run's progress: each step one, or a share of them where there are many. `current` is the first not done. */
export function pipsOf(done: number, steps: number): { total: number; done: number } {
  if (steps <= mostPips) return { total: Math.max(steps, done), done };
  const share = Math.floor((done / steps) * mostPips);
  return { total: mostPips, done: done >= steps ? mostPips : Math.min(share, mostPips - 1) };
}
