/** What one batch did: how many runs it took, and the last of them. */
export type Batch = { runs: number; last: string | null };

const most = 50;
/** A batch should take about this long: what it removes is locked meanwhile, and its log must be written. */
const batchMs = 500;

/**
 * Goes through runs batch by batch until one comes back short, or no further one may begin. A batch that took long makes
 * the next one smaller: runs differ in size by orders of magnitude.
 */
export async function inBatches(
  { mayGoOn, now = () => performance.now() }: { mayGoOn: () => boolean; now?: () => number },
  prune: (at: { after: string; limit: number }) => Promise<Batch>,
): Promise<{ all: boolean }> {
  let after = '0';
  let limit = most;
  while (mayGoOn()) {
    const begun = now();
    const { runs, last } = await prune({ after, limit });
    if (runs < limit || last === null) return { all: true };
    after = last;
    limit = now() - begun > batchMs ? Math.max(1, Math.floor(limit / 4)) : Math.min(most, limit * 2);
  }
  return { all: false };
}
