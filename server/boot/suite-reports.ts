import fs from 'node:fs';
import { z } from 'zod';

/** How many checks of a suite passed, failed, and were not run. */
export type Counts = { passed: number; failed: number; skipped: number };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

export type ReportKind = 'vitest' | 'playwright';

/** Reads a runner's JSON report; null where the runner ended before it wrote one. */
export function readReport(kind: ReportKind, file: string): Counts | null {
  if (!fs.existsSync(file)) return null;
  const report: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (kind === 'vitest') {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = vitestReport.parse(report);
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  }
  const { expected, unexpected, flaky, skipped } = playwrightReport.parse(report).stats;
  // Passed at the second try: the runner names it.
  return { passed: expected + flaky, failed: unexpected, skipped };
}

/**
 * What a suite counts for. A runner that failed although none of its tests did (coverage too low, a file that does not
 * load, an error outside of the tests, no test at all) counts as one failure.
 */
export function countsOf(exitCode: number | null, report: Counts | null): Counts {
  const counts = report ?? { passed: 0, failed: 0, skipped: 0 };
  const nothingRan = counts.passed + counts.failed === 0;
  return counts.failed === 0 && (exitCode !== 0 || nothingRan) ? { ...counts, failed: 1 } : counts;
}
