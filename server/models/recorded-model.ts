import { createHash } from 'node:crypto';
import type { ModelAnswer, ModelCapability, ModelRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { canonicalJson, type Json } from '#nodes/core/json.ts';
import { refuseIfCancelled } from '#server/adapters/abort.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { type ModelSource, onlyProvider } from './model-source.ts';
import { costMicros, findPrice } from './prices.ts';
import type { ModelProvider, ProviderReply } from './provider.ts';
import { recordedEmbedding } from './recorded-embedding.ts';
import { findSpend, recordSpend } from './spend.ts';

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
      const { provider, model } = await source.choose(step.projectId, request.model || step.settings.model, 'text');
      const call = { key: nextKey(request.call), hash: hashOf(request, model) };
      const known = await findSpend(step.db, call);
      if (known) return replay(known, request);
      await refuseWithoutLease(step);
      const onText = (delta: string): void => {
        step.tellText(delta);
        request.onText?.(delta);
      };
      const key = await repeatKey(step, call);
      const reply = await provider.generate({ ...request, model, signal: step.signal, onText, key });
      return await record({ provider, step, call, model }, reply);
    },
    async embed(request) {
      refuseIfCancelled(step.signal);
      await refuseWithoutLease(step);
      const { provider, model } = await source.choose(step.projectId, request.model ?? '', 'vectors');
      return await recordedEmbedding(provider, step, { ...request, model, key: nextKey() });
    },
  };
}

/** A process that slept past its lease must not spend: another one runs the step by now. */
async function refuseWithoutLease(step: StepScope): Promise<void> {
  if (await step.holdsLease()) return;
  throw new NodeError('CANCELLED', 'The step was taken from this worker before the model was asked.', {
    happened: 'no',
  });
}

type Call = { key: string; hash: string };

/** Names the call to the provider: another one only after an answer that could not be used. */
async function repeatKey({ db, attempt }: StepScope, { key, hash }: Call): Promise<string> {
  const name = `${key}:${hash.slice(0, 16)}`;
  if (attempt === 1) return name;
  const { rows } = await db.query<{ failed: number }>(
    'select count(*)::int as failed from spend where request_hash = $2 and call_key like $1',
    [`${key.replace(/[\\%_]/g, '\\$&')}:failed:%`, hash],
  );
  return rows[0]?.failed ? `${name}:${rows[0].failed}` : name;
}
type Recording = { provider: ModelProvider; step: StepScope; call: Call; model: string };

function hashOf(request: ModelRequest, model: string): string {
  const { messages, temperature, maxOutputTokens, schema, tools } = request;
  const asked = canonicalJson({ messages, model, temperature, maxOutputTokens, schema, tools } as unknown as Json);
  return createHash('sha256').update(asked).digest('hex');
}

function replay(answer: ModelAnswer, request: ModelRequest): ModelAnswer {
  request.onText?.(answer.text);
  return answer;
}

async function record({ provider, step, call, model }: Recording, reply: ProviderReply): Promise<ModelAnswer> {
  const { failure, counted, ...rest } = reply;
  const price = await findPrice(step.db, provider.name, provider.rehearsal ? [reply.model] : [model, reply.model]);
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
      await recordSpend(step, { ...call, key: `${call.key}:failed:${step.attempt}` }, { answer, usage, failure });
    const { code, message, ...more } = failure;
    throw new NodeError(code, message, more);
  }
  if (await recordSpend(step, call, { answer, usage, failure: null })) return answer;
  // Another worker asked the same meanwhile: one answer counts for both.
  return (await findSpend(step.db, call)) ?? answer;
}
