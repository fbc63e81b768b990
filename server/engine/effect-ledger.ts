import type { Pool } from 'pg';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { AnnouncedEffect, EffectLedger } from '#server/adapters/step-scope.ts';
import type { Claimed } from './commit.ts';
import { reach } from './faults.ts';
import { retried } from './retried.ts';
import { storable } from './storable.ts';

type Begun = { do: 'act' } | { do: 'return'; receipt: Json } | { do: 'unknown' } | { do: 'refused' };

/** What a step acts under: as its worker holds it, or the item of an undo that takes it back. */
export type Holder = Pick<Claimed, 'runId' | 'stepId' | 'state' | 'path' | 'attempt' | 'generation' | 'undo'>;

/** Idempotency key of a step: the same in every attempt, another one after a rewind, and one of its own for taking it back. */
export function stepKey(step: Pick<Holder, 'runId' | 'state' | 'path' | 'generation' | 'undo'>): string {
  if (step.undo) return step.undo.key;
  const run = step.generation ? `${step.runId}~${step.generation}` : step.runId;
  return `${run}:${step.state}:${step.path}`;
}

/**
 * The ledger of one step. An effect's intent is stored before it happens and its receipt after; a later attempt finds
 * the receipt and does not act again. An unsafe effect whose receipt is missing is never repeated without asking.
 */
export function effectLedger(pool: Pool, workerId: string, step: Holder): EffectLedger {
  const { undo } = step;
  const own = stepKey(step);
  let effects = 0;
  return {
    async perform(effect, act) {
      const key = effects === 0 ? own : `${own}:${effects}`;
      effects += 1;
      const { kind, intent, unsafe } = effect;
      const { runId, stepId, attempt } = step;
      const held: Record<string, Json> = undo ? { undo: undo.undoId, ord: undo.ord } : {};
      const announced = { key, runId, stepId, worker: workerId, attempt, kind, intent, ...held };
      const begun = await resolved(pool, announced, effect);
      switch (begun.do) {
        case 'return':
          return begun.receipt as Awaited<ReturnType<typeof act>>;
        case 'refused':
          throw new NodeError('CANCELLED', 'The step was taken from this worker before it acted.', { happened: 'no' });
        case 'unknown':
          throw new NodeError(
            'EFFECT_UNKNOWN',
            'An earlier attempt was interrupted, so it is not known whether this happened.',
            { details: { effectKey: key } },
          );
        case 'act':
          return await actOnce(pool, { key, unsafe }, act);
        default:
          throw new Error(`Not an answer of the ledger: ${JSON.stringify(begun satisfies never)}`);
      }
    },
  };
}

type Announced = { key: string; [member: string]: Json };

/** Begins an effect; where it is open whether it happened, looks it up. */
async function resolved(pool: Pool, announced: Announced, { unsafe, lookUp }: AnnouncedEffect): Promise<Begun> {
  const begun = await begin(pool, { ...announced, unsafe });
  if (begun.do !== 'unknown' || !lookUp) return begun;
  const { key } = announced;
  const found = await lookUp(key);
  switch (found.kind) {
    case 'happened':
      await end(pool, key, 'done', found.receipt);
      return { do: 'return', receipt: found.receipt };
    case 'not-happened':
      // Known not to have happened it is as harmless as any other; the lease is checked again on the way.
      return await begin(pool, { ...announced, unsafe: false });
    case 'unknown':
      return begun;
    default:
      throw new Error(`Not an answer of a look-up: ${JSON.stringify(found satisfies never)}`);
  }
}

async function actOnce<R extends Json>(
  pool: Pool,
  { key, unsafe }: { key: string; unsafe: boolean },
  act: (key: string) => Promise<R>,
): Promise<R> {
  let receipt: R;
  try {
    reach('before-effect');
    receipt = await act(key);
    reach('after-effect');
  } catch (thrown) {
    const error = toNodeError(thrown);
    if (error.happened === 'no' || !unsafe) {
      await end(pool, key, 'failed', null);
      throw error;
    }
    await end(pool, key, 'unknown', null);
    throw new NodeError('EFFECT_UNKNOWN', `It is not known whether this happened: ${error.message}`, {
      cause: error,
      details: { effectKey: key },
    });
  }
  await end(pool, key, 'done', receipt);
  return receipt;
}

async function begin(pool: Pool, p: Record<string, unknown>): Promise<Begun> {
  const name = 'undo' in p ? 'sg_undo_effect_begin' : 'sg_effect_begin';
  // Asked again after an answer that was lost, it finds its own intent: then it is not known, which is the safe side.
  const { rows } = await retried(() =>
    pool.query<{ b: Begun }>({ name, text: `select ${name}($1::jsonb) as b`, values: [storable(p)] }),
  );
  return rows[0]?.b ?? { do: 'refused' };
}

async function end(pool: Pool, key: string, status: string, receipt: Json): Promise<void> {
  await retried(() =>
    pool.query({
      name: 'sg_effect_end',
      text: 'select sg_effect_end($1, $2, $3::jsonb)',
      values: [key, status, receipt === null ? null : storable(receipt)],
    }),
  );
}
