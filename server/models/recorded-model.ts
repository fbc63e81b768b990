import type { ModelAnswer, ModelCapability, ModelRequest, TaskClass } from '#nodes/core/capabilities.ts';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import { refuseIfCancelled } from '#server/adapters/abort.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { awaitBatch } from './batch/await-batch.ts';
import { cachedAnswer } from './cached-answer.ts';
import { inPlace } from './class-places.ts';
import { type Held, nothingHeld, withinBudget } from './held-cost.ts';
import { type ModelSource, onlyProvider } from './model-source.ts';
import { costMicros, findPrice } from './prices.ts';
import type { ModelProvider, ProviderReply } from './provider.ts';
import { blockQuota, takeQuota } from './quota.ts';
import { recordedEmbedding } from './recorded-embedding.ts';
import { firstThatAnswers, type Route, routesOf } from './routes.ts';
import { type CallKey, findSpend, recordSpend } from './spend.ts';
import type { TaskClassSettings } from './task-class.ts';

/**
 * The model as a step sees it: each call is recorded with its cost before its answer is used. The same call of a later
 * attempt gets the recorded answer and pays nothing. A call that failed after it was paid for is recorded too, but is
 * not answered again: a later attempt asks anew.
 */
export function recordedModel(by: ModelProvider | ModelSource, step: StepScope): ModelCapability {
  const source = 'choose' in by ? by : onlyProvider(by);
  let calls = 0;
  const nextKey = (name?: string): string => {
    calls += 1;
    return `${step.key}:${name ?? calls}`;
  };
  return {
    async generate(request) {
      refuseIfCancelled(step.signal);
      const { routes, how } = await routesOf(source, step, { request, key: nextKey(request.call) });
      for (const { call } of routes) {
        const known = await findSpend(step.db, call);
        if (known) return replay(known, request);
      }
      await refuseWithoutLease(step);
      const kept = how.cacheMs === null ? null : await cachedAnswer(step, routes[0]!.call.hash, how.cacheMs);
      if (kept) return replay(await recordKept(step, routes[0]!, kept), request);
      const kind = { name: request.taskClass ?? 'standard', places: how.concurrency };
      return await firstThatAnswers(
        routes,
        (route) =>
          travelsByBatch(route, how) ? awaitBatch(step, route) : inPlace(step, kind, () => askOne(step, route, how)),
        ({ quota }, { message }) => step.tellLog(`${quota.title} did not answer: ${message} The next one is asked.`),
      );
    },
    async embed(request) {
      refuseIfCancelled(step.signal);
      await refuseWithoutLease(step);
      const { provider, model, quota } = await source.choose(step.projectId, request.model ?? '', 'vectors');
      return await recordedEmbedding(provider, step, { ...request, model, quota, key: nextKey() });
    },
  };
}

/** Turns of an agent do not: each waits for the one before. */
const travelsByBatch = ({ provider, request }: Route, { batchEndpoint }: TaskClassSettings): boolean =>
  batchEndpoint && request.taskClass === 'batch' && request.tools === undefined && provider.batch !== undefined;

/** Asks one model, within what its provider grants and what budgets leave. Errors: MODEL_*, BUDGET_EXCEEDED, CANCELLED. */
async function askOne(step: StepScope, { provider, model, quota, request, call }: Route, how: TaskClassSettings) {
  refuseIfCancelled(step.signal);
  await takeQuota(step.db, quota, request);
  const key = await repeatKey(step, call);
  const onText = (delta: string): void => {
    step.tellText(delta);
    request.onText?.(delta);
  };
  const limit = how.timeoutMs === null ? null : AbortSignal.timeout(how.timeoutMs);
  const signal = limit ? AbortSignal.any([step.signal, limit]) : step.signal;
  try {
    return await withinBudget(step, { provider, model, request }, async (held) => {
      const bound = held.reserved?.bounded == null ? {} : { maxOutputTokens: held.reserved.bounded };
      const reply = await provider.generate({ ...request, ...bound, model, signal, onText, key });
      return await record({ provider, step, call, taskClass: request.taskClass, held }, reply);
    });
  } catch (thrown) {
    const error = toNodeError(thrown);
    if (limit?.aborted && !step.signal.aborted && error.code === 'CANCELLED')
      throw new NodeError('MODEL_TIMEOUT', `${quota.title} took longer than ${(how.timeoutMs ?? 0) / 1_000} s.`, {
        cause: thrown,
      });
    if (error.code !== 'MODEL_RATE_LIMITED' || error.retryAfterMs === undefined) throw thrown;
    await blockQuota(step.db, quota, error.retryAfterMs);
    const { message, retryAfterMs, cause } = error;
    throw new NodeError('MODEL_RATE_LIMITED', message, {
      cause,
      retryAfterMs,
      details: { quota: quota.title },
      happened: 'no',
    });
  }
}

/** An answer that was kept is recorded as this step's own, so that each attempt gets the same one. */
async function recordKept(step: StepScope, { call, request }: Route, answer: ModelAnswer): Promise<ModelAnswer> {
  const recorded = await recordSpend(step, call, {
    answer,
    usage: 'reported',
    failure: null,
    taskClass: request.taskClass,
    ...nothingHeld,
  });
  return recorded ? answer : ((await findSpend(step.db, call)) ?? answer);
}

/** A process that slept past its lease must not spend: another one runs the step by now. */
async function refuseWithoutLease(step: StepScope): Promise<void> {
  if (await step.holdsLease()) return;
  throw new NodeError('CANCELLED', 'The step was taken from this worker before the model was asked.', {
    happened: 'no',
  });
}

/** Names the call to the provider: another one only after an answer that could not be used. */
async function repeatKey({ db, attempt }: StepScope, { key, hash }: CallKey): Promise<string> {
  const name = `${key}:${hash.slice(0, 16)}`;
  if (attempt === 1) return name;
  const { rows } = await db.query<{ failed: number }>(
    'select count(*)::int as failed from spend where request_hash = $2 and call_key like $1',
    [`${key.replace(/[\\%_]/g, '\\$&')}:failed:%`, hash],
  );
  return rows[0]?.failed ? `${name}:${rows[0].failed}` : name;
}

type Recording = {
  provider: ModelProvider;
  step: StepScope;
  call: CallKey;
  taskClass: TaskClass | undefined;
  held: Held;
};

function replay(answer: ModelAnswer, request: ModelRequest): ModelAnswer {
  request.onText?.(answer.text);
  return answer;
}

async function record(
  { provider, step, call, taskClass, held }: Recording,
  reply: ProviderReply,
): Promise<ModelAnswer> {
  const { failure, counted, ...rest } = reply;
  const price = held.price ?? (await findPrice(step.db, provider.name, [reply.model]));
  const cost = costMicros(reply, price);
  const answer: ModelAnswer = {
    ...rest,
    provider: provider.name,
    rehearsal: provider.rehearsal,
    costMicros: Number(cost),
    priceId: price?.id ?? null,
  };
  const usage = counted ? 'counted' : 'reported';
  if (failure) {
    // Nothing came and no usage was told: nothing is known to be charged.
    const charged = !counted || reply.outputTokens > 0;
    if (charged)
      await recordSpend(
        step,
        { ...call, key: `${call.key}:failed:${step.attempt}` },
        { answer, usage, failure, taskClass, ...held },
      );
    const { code, message, ...more } = failure;
    throw new NodeError(code, message, more);
  }
  if (await recordSpend(step, call, { answer, usage, failure: null, taskClass, ...held })) return answer;
  // Another worker asked the same meanwhile: one answer counts for both.
  return (await findSpend(step.db, call)) ?? answer;
}
