import { NodeError, retryDelayMs, toNodeError } from '#nodes/core/errors.ts';
import type { State } from '#nodes/core/program.ts';
import { finishRewind } from '#server/travel/finish-rewind.ts';
import type { Engine } from '../advance.ts';
import { reach } from '../faults.ts';
import { compensate } from './compensate.ts';
import { claimItem, type Settlement, settleItem } from './items.ts';
import { type UndoItem, undoneStep } from './undone-step.ts';

const nameOf = (undoId: string, ord: number): string => `undo:${undoId}:${ord}`;

/**
 * Takes back the items of an undo one after the other, and ends it after the last one. Begun anywhere again it goes on
 * where it was: an item belongs to one worker at a time, and what it has done outside is on record.
 */
export async function processUndo(engine: Engine, undoId: string): Promise<void> {
  for (;;) {
    if (engine.draining()) return void (await engine.pool.query('select sg_undo_job($1, now())', [undoId]));
    const item = await claimItem(engine, undoId, servedHere(engine, undoId));
    if (!item) break;
    await takeBack(engine, item);
  }
  await end(engine, undoId);
}

function servedHere({ running }: Engine, undoId: string): number[] {
  const prefix = nameOf(undoId, 0).slice(0, -1);
  return [...running.keys()].filter((id) => id.startsWith(prefix)).map((id) => Number(id.slice(prefix.length)));
}

async function takeBack(engine: Engine, item: UndoItem): Promise<void> {
  const abort = new AbortController();
  const name = nameOf(item.undoId, item.ord);
  // Cancelling the run must not stop this: so it is entered under no run.
  engine.running.set(name, { runId: '', abort });
  try {
    const step = await undoneStep(engine.pool, item.stepId);
    const facts = await engine.cache.facts(step.runId);
    const program = await engine.cache.program(facts.programId);
    const state = program.states[item.state];
    const settled: Settlement = state
      ? await attempt(state, item, (signal) =>
          compensate({ engine, item, step, facts, program, state, signal: AbortSignal.any([abort.signal, signal]) }),
        )
      : failed(new NodeError('UNDO_FAILED', `The program has no state "${item.state}".`));
    reach('before-commit');
    await settleItem(engine, item, settled);
    engine.hints.add(step.runId);
  } finally {
    engine.running.delete(name);
  }
}

async function attempt(
  state: State,
  item: UndoItem,
  work: (signal: AbortSignal) => Promise<Settlement>,
): Promise<Settlement> {
  const limit = AbortSignal.timeout(state.timeoutMs);
  try {
    return await work(limit);
  } catch (thrown) {
    const error = toNodeError(thrown);
    if (error.code === 'CANCELLED' && !limit.aborted)
      return { status: 'pending', failure: error.toFailure(), retryInMs: 0 };
    const code = limit.aborted && error.code === 'CANCELLED' ? 'TIMEOUT' : error.code;
    const failure = { ...error.toFailure(), code };
    const retryInMs = retryDelayMs({ failure, attempt: item.attempt, policy: state.retry, random: Math.random() });
    return retryInMs === null ? failed(error) : { status: 'pending', failure, retryInMs };
  }
}

function failed(error: NodeError): Settlement {
  return { status: 'failed', failure: error.toFailure() };
}

async function end(engine: Engine, undoId: string): Promise<void> {
  const { rows } = await engine.pool.query<{ runId: string; kind: 'undo' | 'rewind'; failed: number }>(
    `select u.run_id::text as "runId", u.kind, (select count(*)::int from undo_item i where i.undo_id = u.id and i.status = 'failed') as failed
       from undo u
      where u.id = $1 and u.status = 'running'
        and not exists (select from undo_item i where i.undo_id = u.id and i.status in ('pending', 'running'))`,
    [undoId],
  );
  const [undo] = rows;
  if (!undo) return;
  // What could not be taken back although it should have been would happen twice: the run stays where it is.
  if (undo.kind === 'rewind' && undo.failed === 0) await finishRewind(engine.pool, undoId);
  else await engine.pool.query('select sg_undo_end($1)', [undoId]);
  engine.hints.add(undo.runId);
}
