import type { Pool } from 'pg';
import type { NodeFailure } from '#nodes/core/errors.ts';
import { decide } from '#nodes/core/step.ts';
import type { Adapters } from '#server/adapters/compose.ts';
import { type Claimed, type Committed, isPlain, type Writer } from './commit.ts';
import { type Executed, type Execution, execute } from './execute.ts';
import { reach } from './faults.ts';
import type { Gate } from './gate.ts';
import type { Group } from './group.ts';
import type { Hints } from './hints.ts';
import type { Lease } from './lease.ts';
import { isDataError } from './retried.ts';
import { type Ahead, goAhead, type Held, insideOf } from './run-ahead.ts';
import type { RunCache } from './run-cache.ts';
import type { Telling } from './telling.ts';
import { hopLimit, hopMs, stepsAtOnce } from './timing.ts';
import { around, transitionOf } from './transition-of.ts';
import { watchFailures } from './watch-failures.ts';

/** What the engine of one worker process works with. */
export type Engine = {
  pool: Pool;
  workerId: string;
  adapters: Adapters;
  cache: RunCache;
  writer: Writer;
  hints: Hints;
  telling: Telling;
  /** Lets so many steps that reach outside run at once; what is pure passes. */
  gate: Gate;
  /** Steps that this process holds now, by id: to cancel them, and to find leases that nobody serves. */
  running: Map<string, { runId: string; abort: AbortController }>;
  lease: Lease;
  /** Gives back a step that was interrupted, with a job for whoever goes on. */
  handOver: Group<string, void>;
  /** The worker stops: nothing new begins. */
  draining: () => boolean;
  /** The time in which a stopping worker's steps may finish is over. */
  handsOver: () => boolean;
  /** How many steps this process has done. */
  done: { steps: number };
};

/** One job: its steps and what follows from them, within the limits of fairness. */
type Turn = { engine: Engine; startedAt: number; hops: number };

/**
 * Takes steps and goes on with their runs for as long as one step follows another. Each hop is: execute the node outside
 * any transaction, decide, and commit together with what else is ready.
 */
export async function advance(engine: Engine, stepIds: readonly string[]): Promise<void> {
  if (!(await engine.lease.holds())) throw new Error('This worker was declared dead: its jobs are for others.');
  const turn: Turn = { engine, startedAt: performance.now(), hops: 0 };
  await all(stepIds.map((stepId) => begin(turn, stepId)));
}

/** A pure step needs no lease: it is done, and its commit is refused if somebody else was faster. Any other is claimed first. */
async function begin(turn: Turn, stepId: string): Promise<void> {
  const { engine } = turn;
  const fresh = await engine.writer.look.add(stepId);
  if (fresh && (await isPure(engine, fresh))) return await goOn(turn, fresh);
  const claimed = await engine.writer.claim.add({ workerId: engine.workerId, stepId });
  if (!claimed) engine.lease.doubt();
  reach('after-claim');
  if (claimed) await goOn(turn, claimed);
}

async function isPure(engine: Engine, { runId, state }: Claimed): Promise<boolean> {
  const { programId } = await engine.cache.facts(runId);
  const { effect, kind } = (await engine.cache.program(programId)).states[state] ?? {};
  return effect === 'pure' && kind !== 'gate';
}

/** Follows one step, then its successors: the first in line, the others beside it. */
async function goOn(turn: Turn, first: Claimed): Promise<void> {
  const beside: Promise<void>[] = [];
  try {
    for (let claimed: Claimed | undefined = first; claimed; ) {
      const [next, ...others] = await hop(turn, claimed);
      for (const other of others) beside.push(attended(goOn(turn, other)));
      claimed = next;
    }
  } finally {
    await all(beside);
  }
}

/** Work whose failure is looked at when all is waited for, and is not unhandled until then. */
function attended(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}

/** Waits for all; then fails with the first failure, so that no step is left behind unattended. */
async function all(work: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** How many successors this turn may take on itself. The others get jobs, so that a long run does not keep a worker from others. */
function room({ engine, startedAt, hops }: Turn): number {
  if (engine.draining() || hops > hopLimit || performance.now() - startedAt > hopMs) return 0;
  return Math.max(1, stepsAtOnce - engine.running.size);
}

async function hop(turn: Turn, claimed: Claimed): Promise<Claimed[]> {
  const { engine } = turn;
  const abort = new AbortController();
  const begun = performance.now();
  turn.hops += 1;
  engine.done.steps += 1;
  engine.running.set(claimed.stepId, { runId: claimed.runId, abort });
  if (engine.handsOver()) abort.abort();
  try {
    const facts = await engine.cache.facts(claimed.runId);
    const program = await engine.cache.program(facts.programId);
    const x = { engine, claimed, facts, program, signal: abort.signal, random: Math.random };
    const executed = await execute(x);
    if (wasInterrupted(executed)) {
      await engine.handOver.add(claimed.stepId);
      return [];
    }
    const done = { executed, ms: performance.now() - begun };
    if (!claimed.fresh || isDone(x, executed)) return await settle(turn, x, done);
    // It comes to more than being done, for which it has to be claimed after all.
    const held = await engine.writer.claim.add({ workerId: engine.workerId, stepId: claimed.stepId });
    return held ? await settle(turn, { ...x, claimed: held }, done) : [];
  } catch (error) {
    engine.lease.doubt();
    throw error;
  } finally {
    engine.running.delete(claimed.stepId);
  }
}

function isDone({ program, claimed }: Execution, executed: Executed): boolean {
  return executed.kind === 'event' && isPlain(decide(program, claimed, executed.event));
}

/** Goes on in memory as far as it may, commits, and answers the steps that this worker goes on with. */
async function settle(
  turn: Turn,
  x: Execution & { engine: Engine },
  { executed, ms }: { executed: Executed; ms: number },
): Promise<Claimed[]> {
  const { engine } = turn;
  const { claimed, program, facts } = x;
  const part = transitionOf(program, claimed, executed, facts.pipelineName);
  const known = new Map([[claimed.state, part.transition.output]]);
  const ahead = isPlain(part.transition) && !part.item ? await goAhead(x, part.transition, known) : null;
  const base = { workerId: engine.workerId, claimed, keep: room(turn), ms };
  const item = ahead?.end ? { item: ahead.end, ...around(program, claimed) } : {};
  await watchFailures(engine.pool, x, [part.transition, ...(ahead?.more ?? []).map(({ transition }) => transition)]);
  reach('before-commit');
  const committed = await engine.writer.commit
    .add({ ...base, ...part, ...(ahead ? { ahead } : {}), ...item, ...insideOf(executed) })
    .catch((error: unknown) => writeLess(x, { executed, ahead, error, keep: base.keep }));
  reach('after-commit');
  if (!committed.ok) {
    engine.lease.doubt();
    return [];
  }
  engine.hints.add(claimed.runId);
  engine.cache.keepOutput(program, claimed, part.transition);
  for (const { state, transition } of ahead?.more ?? [])
    engine.cache.keepOutput(program, { ...claimed, state }, transition);
  for (const next of committed.next)
    engine.running.set(next.stepId, { runId: next.runId, abort: new AbortController() });
  try {
    return await resolveHeld(turn, x, { next: committed.next, held: ahead?.held ?? [] });
  } catch (error) {
    for (const { stepId } of committed.next) engine.running.delete(stepId);
    throw error;
  }
}

/** Writes the results of steps that were executed ahead and have begun in the database by now. */
async function resolveHeld(
  turn: Turn,
  x: Execution & { engine: Engine },
  { next, held }: { next: Claimed[]; held: Held[] },
): Promise<Claimed[]> {
  const goOnWith: Claimed[] = [];
  for (const claimed of next) {
    const known = held.find(({ state }) => state === claimed.state && x.claimed.path === claimed.path);
    if (!known) goOnWith.push(claimed);
    else {
      goOnWith.push(...(await settle(turn, { ...x, claimed }, { executed: known.executed, ms: 0 })));
      turn.engine.running.delete(claimed.stepId);
    }
  }
  return goOnWith;
}

/** Stopped by a cancelled run, or by a worker that stops: nothing to write. In the second case the step is handed over. */
function wasInterrupted(executed: Executed): boolean {
  return executed.kind === 'event' && executed.event.kind === 'failed' && executed.event.failure.code === 'CANCELLED';
}

type Refused = { executed: Executed; ahead: Ahead | null; error: unknown; keep: number };

/** What to write instead of what could not be stored: the step without those after it, or if it was alone, its failure. */
async function writeLess(
  x: Execution & { engine: Engine },
  { executed, ahead, error, keep }: Refused,
): Promise<Committed> {
  if (!isDataError(error)) throw error;
  const { engine, program, facts } = x;
  const { workerId, writer } = engine;
  const held = x.claimed.fresh ? await writer.claim.add({ workerId, stepId: x.claimed.stepId }) : x.claimed;
  if (!held) return { ok: false };
  const alone = !ahead || ahead.more.length === 0;
  const less = alone ? unstorable(error, executed.kind) : executed;
  return await writer.commit.add({
    workerId,
    claimed: held,
    keep,
    ...transitionOf(program, held, less, facts.pipelineName),
  });
}

/** What a step comes to whose result cannot be stored: a failure, or it would be executed for ever. */
function unstorable(error: unknown, kind: Executed['kind']): Executed {
  const message = `The result could not be stored: ${error instanceof Error ? error.message : String(error)}`;
  const failure: NodeFailure = { code: 'OUTPUT_INVALID', message };
  const values = { input: null, provenance: [], logs: [] };
  if (kind === 'item') return { kind, end: { outcome: 'error', result: failure }, values };
  return { kind, event: { kind: 'failed', failure, retryInMs: null }, values };
}
