import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { NodeError, type NodeFailure } from '#nodes/core/errors.ts';
import type { BatchTrouble } from '#nodes/core/step.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { storable } from '#server/engine/storable.ts';
import { type ExpectedCall, expectCall } from '#server/money/expect-call.ts';
import { release, reserve } from '#server/money/reserve.ts';
import { enclosingPaths } from '#server/runs/paths.ts';
import { pricedAs } from '../held-cost.ts';
import { batchPriced, charges, findPrice, type Price } from '../prices.ts';
import type { Route } from '../routes.ts';
import { needsPerson } from './limits.ts';

/** Calls that come within this time travel together. */
const gatherMs = 500;
/** A step looks for itself so often, should nobody wake it. */
const lookMs = 15 * 60_000;

/** What is kept of whom a call belongs to, so that its answer can be settled while its step waits. */
export type About = {
  state: string;
  path: string;
  reads: string[];
  paths: string[];
  taskClass: string;
  price:
    | (Omit<Price, 'inputMicros' | 'cachedInputMicros' | 'outputMicros'> &
        Record<'input' | 'output', string> & { cached: string | null })
    | null;
  expected: ExpectedCall | null;
};

type Known = { settled: boolean; failure: NodeFailure | null; attempt: number };

/**
 * Hands a call to the next batch, or finds that it was handed over before, and has the step wait for its answer. That is
 * settled where it comes in, so that the step finds it as an earlier attempt's. Always throws: MODEL_BATCHED to wait, how
 * the call failed in this attempt, BUDGET_EXCEEDED, MODEL_UNPRICED.
 */
export async function awaitBatch(step: StepScope, route: Route): Promise<never> {
  const known = await find(step, route);
  if (known?.failure) {
    const { code, message, ...more } = known.failure;
    if (known.attempt >= step.attempt) throw new NodeError(code, message, { ...more, happened: 'no' });
    await step.db.query('delete from model_batch_call where call_key = $1 and request_hash = $2', [
      route.call.key,
      route.call.hash,
    ]);
  }
  if (!known || known.failure) await handOver(step, route);
  const troubled = known && !known.settled ? await troubleOf(step, route) : {};
  throw new NodeError('MODEL_BATCHED', `The call travels with a batch of ${route.quota.title}.`, {
    retryAfterMs: lookMs,
    details: { batch: route.quota.title, ...troubled },
    happened: 'no',
  });
}

/** What keeps its batch from being looked at. Of all steps that wait for it the first asks the operator, once. */
async function troubleOf({ db, stepId }: StepScope, { call }: Route): Promise<{ trouble?: BatchTrouble; asks?: true }> {
  const { rows } = await db.query<{ trouble: BatchTrouble; asks: boolean }>(
    `select b.trouble, not exists (select from model_batch_call o where o.batch_id = b.id and o.settled_at is null and o.id < c.id)
              and not exists (select from task t where t.step_id = $3 and t.status = 'open') as asks
       from model_batch_call c join model_batch b on b.id = c.batch_id
      where c.call_key = $1 and c.request_hash = $2 and b.provider_id is not null and b.trouble is not null`,
    [call.key, call.hash, stepId.toString()],
  );
  const { trouble, asks = false } = rows[0] ?? {};
  return trouble ? { trouble, ...(asks && needsPerson(trouble.code) ? { asks } : {}) } : {};
}

async function find({ db }: StepScope, { call }: Route): Promise<Known | null> {
  const { rows } = await db.query<Known>(
    'select settled_at is not null as settled, failure, attempt from model_batch_call where call_key = $1 and request_hash = $2',
    [call.key, call.hash],
  );
  return rows[0] ?? null;
}

/** Reserves what the call may cost at worst, at the price of batches, for as long as it is under way. */
async function handOver(step: StepScope, route: Route): Promise<void> {
  const { provider, model, request, call, named } = route;
  const full = await findPrice(step.db, provider.name, pricedAs(provider, model));
  const price = full && batchPriced(full);
  const free = price !== null && !charges(price);
  const reserved = free ? null : await reserve(step, { request, model, price, lasting: true });
  const bounded = reserved?.bounded == null ? {} : { maxOutputTokens: reserved.bounded };
  const expected = price && !free ? await expectCall(step, { request, price, rehearsal: false }) : null;
  const { rowCount } = await step.db.query(
    `insert into model_batch_call (project_id, run_id, step_id, call_key, request_hash, model, request, about, reservation, attempt)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10) on conflict (call_key, request_hash) do nothing`,
    [
      step.projectId,
      step.runId.toString(),
      step.stepId.toString(),
      call.key,
      call.hash,
      named,
      storable(wired({ ...request, ...bounded })),
      storable(aboutOf(step, request, { price: full, expected })),
      reserved?.id ?? null,
      step.attempt,
    ],
  );
  if (rowCount === 0 && reserved) await release(step, reserved);
  await step.db.query(
    `select graphile_worker.add_job('model-batches', job_key := 'model-batches', job_key_mode := 'preserve_run_at', run_at := now() + $1 * interval '1 ms')`,
    [gatherMs],
  );
}

/** What is sent; how it is told about meanwhile is no part of it. */
function wired({ onText: _, taskClass: _class, call: _call, ...request }: ModelRequest): ModelRequest {
  return request;
}

function aboutOf(
  step: StepScope,
  { taskClass = 'batch' }: ModelRequest,
  { price, expected }: { price: Price | null; expected: ExpectedCall | null },
): About {
  const kept = price && {
    id: price.id,
    batchPermille: price.batchPermille,
    longestAnswer: price.longestAnswer,
    input: price.inputMicros.toString(),
    cached: price.cachedInputMicros?.toString() ?? null,
    output: price.outputMicros.toString(),
  };
  const { state, path } = step;
  return { state, path, reads: step.leadsFrom(), paths: enclosingPaths(path), taskClass, price: kept, expected };
}
