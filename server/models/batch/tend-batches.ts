import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import type { ModelSource } from '../model-source.ts';
import type { BatchEndpoint, ModelProvider } from '../provider.ts';
import { longestBatchHours, lost, needsPerson } from './limits.ts';
import { type BatchCall, type Ended, settleCall } from './settle.ts';

/** Providers take up to 50,000 calls in a batch. */
const mostCalls = 10_000;
const mostTries = 6;
const firstLookMs = 500;
const longestLookMs = 60_000;
const requestMs = 120_000;
const longestMs = longestBatchHours * 3_600_000;

type Batch = {
  id: string;
  projectId: string;
  model: string;
  state: 'sending' | 'open';
  providerId: string | null;
  tries: number;
  looks: number;
  /** Looks, or tries to send, that failed one after the other. */
  stumbles: number;
  ageMs: number;
};
type Deps = { db: Pool; models: ModelSource };

/**
 * One round over all batches: gathers calls that were handed over, sends, looks what has ended, settles, and lets steps
 * go on. Only one process does it at a time. Answers the runs that go on, and in how many milliseconds to come again; null: nothing is open.
 */
export async function tendBatches(deps: Deps): Promise<{ runs: string[]; againMs: number | null }> {
  const alone = await deps.db.connect();
  try {
    const { rows } = await alone.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('model-batches')) as mine`,
    );
    if (!rows[0]?.mine) return { runs: [], againMs: firstLookMs };
    await forgetEnded(deps.db);
    await gather(deps.db);
    for (const batch of await due(deps.db)) await tend(deps, batch);
    const woken = await deps.db.query<{ runs: string[] }>('select sg_wake_batched()::text[] as runs');
    return { runs: woken.rows[0]?.runs ?? [], againMs: await nextMs(deps.db) };
  } finally {
    // The lock goes with the connection where this fails.
    const freed = await alone.query(`select pg_advisory_unlock_all()`).then(
      () => undefined,
      (error: Error) => error,
    );
    alone.release(freed);
  }
}

/** Calls that nobody asks about any more: those whose run has ended, unless they are under way and have to be settled. */
async function forgetEnded(db: Pool): Promise<void> {
  await db.query(
    `with gone as (delete from model_batch_call c where (c.settled_at is not null or c.batch_id is null)
        and not exists (select from run r where r.id = c.run_id and r.status in ('queued', 'running', 'waiting')) returning c.reservation, c.settled_at)
     select sg_release_spend(reservation) from gone where reservation is not null and settled_at is null`,
  );
  await db.query(
    `delete from model_batch b where not exists (select from model_batch_call where batch_id = b.id and settled_at is null)`,
  );
}

/** Calls of a project to one model become a batch. */
async function gather(db: Pool): Promise<void> {
  const { rows } = await db.query<{ projectId: string; model: string }>(
    `select distinct project_id as "projectId", model from model_batch_call where batch_id is null`,
  );
  for (const { projectId, model } of rows)
    await db.query(
      `with batch as (insert into model_batch (id, project_id, model, state) values ($1, $2, $3, 'sending') returning id)
       update model_batch_call c set batch_id = batch.id from batch
        where c.id in (select id from model_batch_call where batch_id is null and project_id = $2 and model = $3 order by id limit $4)`,
      [randomUUID(), projectId, model, mostCalls],
    );
}

async function due(db: Pool): Promise<Batch[]> {
  const { rows } = await db.query<Batch>(
    `select id, project_id as "projectId", model, state, provider_id as "providerId", tries, looks, stumbles,
            (extract(epoch from now() - at) * 1000)::float8 as "ageMs" from model_batch where look_at <= now() + interval '20 ms' order by at`,
  );
  return rows;
}

async function nextMs(db: Pool): Promise<number | null> {
  const { rows } = await db.query<{ ms: number | null }>(
    `select case when exists (select from model_batch_call where batch_id is null) then 0
                 else (extract(epoch from min(look_at) - now()) * 1000)::int end as ms from model_batch`,
  );
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(ms, 0);
}

async function tend(deps: Deps, batch: Batch): Promise<void> {
  try {
    const { provider } = await deps.models.choose(batch.projectId, batch.model, 'text');
    const endpoint = provider.batch;
    if (!endpoint)
      throw new NodeError(
        'MODEL_REJECTED',
        `${provider.name} has no batch endpoint. Switch it off for the kind of work batch.`,
      );
    if (batch.providerId === null) await send(deps, { batch, provider, endpoint });
    else await look(deps, { batch, provider, endpoint, providerId: batch.providerId });
  } catch (thrown) {
    await failed(deps, batch, toNodeError(thrown));
  }
}

type Tending = { batch: Batch; provider: ModelProvider; endpoint: BatchEndpoint };

/** Whoever sends says so before; whoever finds that said looks first whether the provider has it already. */
async function send({ db, models }: Deps, { batch, endpoint }: Tending): Promise<void> {
  const signal = AbortSignal.timeout(requestMs);
  await db.query('update model_batch set tries = tries + 1 where id = $1', [batch.id]);
  const sent = batch.tries > 0 ? await endpoint.find(batch.id, signal) : null;
  const providerId = sent ?? (await endpoint.send(batch.id, await linesOf({ db, models }, batch), signal));
  await db.query(
    `update model_batch set state = 'open', provider_id = $2, look_at = now() + $3 * interval '1 ms' where id = $1`,
    [batch.id, providerId, firstLookMs],
  );
}

async function linesOf({ db, models }: Deps, { id, projectId, model: named }: Batch) {
  const { model } = await models.choose(projectId, named, 'text');
  const { rows } = await db.query<{ id: string; request: ModelRequest }>(
    'select id::text, request from model_batch_call where batch_id = $1 and settled_at is null order by id',
    [id],
  );
  return rows.map(({ id: line, request }) => ({ id: line, request: { ...request, model } }));
}

async function look({ db }: Deps, { batch, provider, endpoint, providerId }: Tending & { providerId: string }) {
  const seen = await endpoint.look(providerId, AbortSignal.timeout(requestMs));
  if (!seen.ended) return await lookAgain(db, batch, null);
  for (const call of await callsOf(db, batch.id)) {
    const missing: Ended = { failure: seen.missing };
    await settleCall(db, provider, call, seen.lines.get(call.id) ?? missing);
  }
  await db.query('delete from model_batch where id = $1', [batch.id]);
}

/** Remembers what failed, and since when; null: nothing did. A first hiccup that may pass by itself is not told. */
async function lookAgain(db: Pool, { id, looks, stumbles }: Batch, error: NodeError | null): Promise<void> {
  const ms = Math.min(firstLookMs * 2 ** Math.min(looks, 20), longestLookMs);
  const told = error !== null && (needsPerson(error.code) || stumbles > 0);
  await db.query(
    `update model_batch set looks = looks + 1, stumbles = case when $3 then stumbles + 1 else 0 end, look_at = now() + $2 * interval '1 ms',
            trouble = case when $4::jsonb is not null then jsonb_build_object('sinceMs', floor(extract(epoch from now()) * 1000), 'asked', 0) || coalesce(trouble, '{}') || $4
                           when $3 then trouble end
      where id = $1`,
    [id, ms, error !== null, told ? JSON.stringify({ code: error.code, message: error.message }) : null],
  );
}

async function callsOf(db: Pool, batchId: string): Promise<BatchCall[]> {
  const { rows } = await db.query<BatchCall>(
    `select id::text, project_id as "projectId", run_id::text as "runId", step_id::text as "stepId", call_key as "callKey", request_hash as hash, about, reservation::text, attempt
       from model_batch_call where batch_id = $1 and settled_at is null order by id`,
    [batchId],
  );
  return rows;
}

/** What may be better in a while is tried again; the rest ends every call of the batch with its code. */
async function failed({ db }: Deps, batch: Batch, error: NodeError): Promise<void> {
  // One that the provider has is waited for, whatever is wrong now: its answers are paid for.
  const again =
    batch.providerId === null ? !needsPerson(error.code) && batch.tries < mostTries : batch.ageMs < longestMs;
  if (again) return await lookAgain(db, batch, error);
  const failure = batch.providerId === null ? error.toFailure() : lost(batch.providerId, error);
  await db.query(
    `with ended as (update model_batch_call set settled_at = now(), failure = $2 where batch_id = $1 and settled_at is null returning reservation)
     select sg_release_spend(reservation) from ended where reservation is not null`,
    [batch.id, JSON.stringify(failure)],
  );
  await db.query('delete from model_batch where id = $1', [batch.id]);
}
