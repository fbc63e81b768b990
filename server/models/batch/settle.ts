import type { Pool } from 'pg';
import type { ModelAnswer, TaskClass } from '#nodes/core/capabilities.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import { costMicros, findPrice, type Price } from '../prices.ts';
import type { ModelProvider, ProviderReply } from '../provider.ts';
import { recordSpend } from '../spend.ts';
import type { About } from './await-batch.ts';

/** A call of a batch as it is stored. */
export type BatchCall = {
  id: string;
  projectId: string;
  runId: string;
  stepId: string;
  callKey: string;
  hash: string;
  about: About;
  reservation: string | null;
  attempt: number;
};

/** How a call ended: answered, or not. A reply may be paid for and unusable at once. */
export type Ended = { reply: ProviderReply } | { failure: NodeFailure };

/**
 * Records what came of a call at the price of batches, once: its step finds the answer when it goes on. What cost nothing
 * gives back what it reserved.
 */
export async function settleCall(db: Pool, provider: ModelProvider, call: BatchCall, ended: Ended): Promise<void> {
  const failure = 'reply' in ended ? ended.reply.failure : ended.failure;
  if ('reply' in ended) await recordReply(db, provider, call, ended.reply);
  const { rows } = await db.query<{ reservation: string | null }>(
    `update model_batch_call set settled_at = now(), failure = $2 where id = $1 and settled_at is null returning reservation::text`,
    [call.id, failure && JSON.stringify(failure)],
  );
  // Settled with the spend where something was recorded; repeated, it does nothing more.
  if (rows[0]?.reservation) await db.query('select sg_release_spend($1)', [rows[0].reservation]);
}

async function recordReply(db: Pool, provider: ModelProvider, call: BatchCall, reply: ProviderReply): Promise<void> {
  const { about, callKey, hash } = call;
  const { failure, counted, ...rest } = reply;
  const price = priceOf(about) ?? (await findPrice(db, provider.name, [reply.model]));
  const answer: ModelAnswer = {
    ...rest,
    provider: provider.name,
    rehearsal: false,
    costMicros: Number(costMicros(reply, price, { batch: true })),
    priceId: price?.id ?? null,
    batch: true,
  };
  const key = failure ? `${callKey}:failed:${call.attempt}` : callKey;
  const step = {
    db,
    projectId: call.projectId,
    runId: BigInt(call.runId),
    stepId: BigInt(call.stepId),
    workerId: 0n,
    state: about.state,
    path: about.path,
    leadsFrom: () => about.reads,
  };
  await recordSpend(
    step,
    { key, hash },
    {
      answer,
      usage: counted ? 'counted' : 'reported',
      failure,
      taskClass: about.taskClass as TaskClass,
      reserved: call.reservation === null ? null : { id: call.reservation, bounded: null },
      expected: about.expected,
    },
  );
}

function priceOf({ price }: About): Price | null {
  if (!price) return null;
  const { input, cached, output, ...rest } = price;
  return {
    ...rest,
    inputMicros: BigInt(input),
    cachedInputMicros: cached === null ? null : BigInt(cached),
    outputMicros: BigInt(output),
  };
}
