import type { ModelAnswer, ModelMessage, ModelRequest } from '../capabilities.ts';
import type { NodeContext } from '../define-node.ts';
import { NodeError } from '../errors.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { sha256 } from '../sha256.ts';
import { citedNumbers } from './citations.ts';
import type { Reading } from './reading.ts';

type Asking = Pick<NodeContext, 'explain' | 'model'>;

/** Asks the model once. What it was asked and who answered become part of the step's reasons. Errors: MODEL_*. */
export async function ask(ctx: Asking, request: ModelRequest, { repair = false } = {}): Promise<ModelAnswer> {
  const { messages } = request;
  ctx.explain({ kind: 'prompt', messages, hash: sha256(canonicalJson(messages as unknown as Json)), repair });
  const answer = await ctx.model.generate(request);
  const { model, provider, rehearsal, inputTokens, outputTokens, costMicros, priceId, cached } = answer;
  const made = { model, provider, rehearsal, inputTokens, outputTokens, costMicros, priceId };
  const cited = citedNumbers(answer.text, request.schema !== undefined);
  ctx.explain({ kind: 'model', ...made, ...(cached ? { cached } : {}), ...(cited.length > 0 ? { cited } : {}) });
  return answer;
}

/**
 * Asks for a value that satisfies the request's schema, as `read` finds it. An answer that does not is shown to the
 * model with its faults, once. Errors: MODEL_OUTPUT_INVALID after that, and MODEL_*.
 */
export async function askForValue<Value>(
  ctx: Asking,
  request: ModelRequest & { schema: JsonObject },
  read: (text: string) => Reading<Value>,
): Promise<Value> {
  const { text: first } = await ask(ctx, request);
  const reading = read(first);
  if (reading.kind === 'value') return reading.value;
  const messages = [...request.messages, ...repairMessages(first, reading.problems)];
  const { text: second } = await ask(ctx, { ...request, messages }, { repair: true });
  const repaired = read(second);
  if (repaired.kind === 'value') return repaired.value;
  throw new NodeError(
    'MODEL_OUTPUT_INVALID',
    `The model's answer does not satisfy the schema, also after one correction: ${repaired.problems.join(' ')} ` +
      'Simplify the schema, allow a longer answer or choose another model.',
    { happened: 'no', details: { answer: second.slice(0, 2_000), problems: repaired.problems } },
  );
}

/** What a request begins with: the instructions, with the shape of the answer where it has one, and what is asked. */
export function firstMessages(system: string, prompt: string, schema: JsonObject | null): ModelMessage[] {
  const shape =
    schema === null ? '' : `Answer with JSON alone, which satisfies this JSON Schema:\n${JSON.stringify(schema)}`;
  const instructions = [system.trim(), shape].filter((part) => part !== '').join('\n\n');
  return [
    ...(instructions === '' ? [] : [{ role: 'system' as const, content: instructions }]),
    { role: 'user', content: prompt },
  ];
}

function repairMessages(answer: string, problems: string[]): ModelMessage[] {
  const list = problems.map((problem) => `- ${problem}`).join('\n');
  return [
    { role: 'assistant', content: answer },
    {
      role: 'user',
      content: `Your answer does not satisfy the JSON Schema:\n${list}\nAnswer again with the corrected JSON alone.`,
    },
  ];
}
