import type { Pool } from 'pg';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Adapters } from '#server/adapters/compose.ts';
import { type Claimed, type Committed, claim, commit } from './commit.ts';
import { type Executed, execute } from './execute.ts';
import type { Hints } from './hints.ts';
import type { RunCache } from './run-cache.ts';
import { hopLimit, hopMs } from './timing.ts';
import { transitionOf } from './transition-of.ts';

/** What the engine of one worker process works with. */
export type Engine = {
  pool: Pool;
  workerId: string;
  adapters: Adapters;
  cache: RunCache;
  hints: Hints;
  /** Steps that this process executes now, by id: to cancel them, and to find leases that nobody serves. */
  running: Map<string, { runId: string; abort: AbortController }>;
  draining: () => boolean;
};

/**
 * Takes a step and goes on with the run for as long as one successor follows another, within the limits of fairness.
 * Each hop is: execute the node outside any transaction, decide, commit once.
 */
export async function advance(engine: Engine, stepId: string): Promise<void> {
  const startedAt = Date.now();
  let claimed = await claim(engine.pool, stepId, engine.workerId);
  for (let hop = 1; claimed; hop += 1) {
    const goOn = hop < hopLimit && Date.now() - startedAt < hopMs && !engine.draining();
    claimed = await runOne(engine, claimed, goOn);
  }
}

async function runOne(engine: Engine, claimed: Claimed, goOn: boolean): Promise<Claimed | null> {
  const abort = new AbortController();
  engine.running.set(claimed.stepId, { runId: claimed.runId, abort });
  engine.hints.add(claimed.runId);
  try {
    const facts = await engine.cache.facts(claimed.runId);
    const program = await engine.cache.program(facts.programId);
    const { pool, adapters, workerId } = engine;
    const x = { pool, adapters, workerId, claimed, facts, program, signal: abort.signal, random: Math.random };
    const write = (executed: Executed): Promise<Committed> =>
      commit(pool, { workerId, claimed, next: goOn, ...transitionOf(program, claimed, executed, facts.pipelineName) });
    const executed = await execute(x);
    if (wasInterrupted(executed)) return null;
    const committed = await write(executed).catch((error: unknown) => write(unstorable(executed, error)));
    return committed.ok ? committed.next : null;
  } finally {
    engine.running.delete(claimed.stepId);
    engine.hints.add(claimed.runId);
  }
}

/** Stopped by a cancelled run, or by a worker that stops: nothing to write. In the second case the step goes back and on elsewhere. */
function wasInterrupted(executed: Executed): boolean {
  return executed.kind === 'event' && executed.event.kind === 'failed' && executed.event.failure.code === 'CANCELLED';
}

/** SQLSTATE classes of a value that Postgres cannot hold: wrong data, or beyond a limit. */
const dataError = /^(22|54)/;

/** What a step comes to whose result cannot be stored: a failure, or it would be executed for ever. */
function unstorable(executed: Executed, error: unknown): Executed {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (!dataError.test(code)) throw error;
  const failure: NodeFailure = { code: 'OUTPUT_INVALID', message: `The result could not be stored: ${message}` };
  const values = { input: null, provenance: [], logs: [] };
  if (executed.kind === 'item') return { kind: 'item', outcome: 'error', result: failure, values };
  return { kind: 'event', event: { kind: 'failed', failure, retryInMs: null }, values };
}
