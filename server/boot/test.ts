import path from 'node:path';
import { createProgress, PhaseError } from './progress.ts';
import { type Suite, type SuiteResult, suites } from './suites.ts';

/** A suite with failures, thrown so that its line is marked. */
class SuiteFailed extends Error {
  readonly result: SuiteResult;

  constructor(result: SuiteResult) {
    super(`${result.failed} failed`);
    this.result = result;
  }
}

const calledOff = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => calledOff.abort());
if (process.env.SOLOGRAPH_BOOTSTRAP && process.connected) process.on('disconnect', () => calledOff.abort());

const progress = createProgress(process.stdout);
const root = path.resolve(import.meta.dirname, '..', '..');

function chosen(args: string[]): readonly Suite[] {
  if (args.includes('--static')) return suites.filter((suite) => suite.isStatic);
  const unknown = args.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    console.error(`There is no suite "${unknown}". There are: ${suites.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return args.length === 0 ? suites : suites.filter(({ name }) => args.includes(name));
}

async function runSuite(suite: Suite): Promise<SuiteResult> {
  try {
    return await progress.phase(suite.name, async (note) => {
      const result = await suite.run(root, calledOff.signal);
      const { passed, failed, skipped } = result;
      if (failed > 0) throw new SuiteFailed(result);
      note(`${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
      return result;
    });
  } catch (error) {
    const cause = error instanceof PhaseError ? error.cause : error;
    if (cause instanceof SuiteFailed) return cause.result;
    const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return { passed: 0, failed: 1, skipped: 0, output: reason };
  }
}

const total = { passed: 0, failed: 0 };
for (const suite of chosen(process.argv.slice(2))) {
  if (calledOff.signal.aborted) break;
  const { passed, failed, output } = await runSuite(suite);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0 && !calledOff.signal.aborted)
    console.log(`${'─'.repeat(8)} ${suite.name}: ${failed} failed ${'─'.repeat(8)}\n${output}\n`);
}
if (calledOff.signal.aborted) {
  console.log('Called off.');
  process.exit(130);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
// The channel to the bootstrap would keep this process alive.
if (process.connected) process.disconnect();
