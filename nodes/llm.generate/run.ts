import type { ModelMessage } from '#nodes/core/capabilities.ts';
import type { NodeContext, NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { canonicalJson, type JsonObject } from '#nodes/core/json.ts';
import { mustBeUsable, readAnswer } from './answer.ts';
import type { Config } from './index.ts';

type Inputs = { prompt: string; system?: string | null };
type Asked = { messages: ModelMessage[]; schema: JsonObject | null; repair: boolean };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    if (inputs.prompt.trim() === '')
      throw new NodeError('INPUT_INVALID', 'prompt is empty. Say what the model is to do.');
    const schema = config.output.kind === 'json' ? config.output.schema : null;
    const messages = firstMessages(inputs.system || config.system, inputs.prompt, schema);
    if (schema === null) {
      const text = await ask(ctx, config, { messages, schema, repair: false });
      return { kind: 'done', outcome: 'ok', output: { text } };
    }
    mustBeUsable(schema);
    const first = await ask(ctx, config, { messages, schema, repair: false });
    const reading = readAnswer(first, schema);
    if (reading.kind === 'value') return { kind: 'done', outcome: 'ok', output: reading.value };

    const repairing = [...messages, ...repairMessages(first, reading.problems)];
    const second = await ask(ctx, config, { messages: repairing, schema, repair: true });
    const repaired = readAnswer(second, schema);
    if (repaired.kind === 'value') return { kind: 'done', outcome: 'ok', output: repaired.value };
    throw new NodeError(
      'MODEL_OUTPUT_INVALID',
      `The model's answer does not satisfy the schema, also after one correction: ${repaired.problems.join(' ')} ` +
        'Simplify the schema, allow a longer answer or choose another model.',
      { happened: 'no', details: { answer: second.slice(0, 2_000), problems: repaired.problems } },
    );
  },
} satisfies NodeRun<Config, Inputs>;

function firstMessages(system: string, prompt: string, schema: JsonObject | null): ModelMessage[] {
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

async function ask(ctx: NodeContext, config: Config, { messages, schema, repair }: Asked): Promise<string> {
  ctx.explain({ kind: 'prompt', messages, hash: await sha256(canonicalJson(messages)), repair });
  const { text, model, provider, rehearsal, inputTokens, outputTokens, costMicros, priceId } = await ctx.model.generate(
    {
      messages,
      model: config.model,
      maxOutputTokens: config.maxOutputTokens,
      ...(config.temperature === null ? {} : { temperature: config.temperature }),
      ...(schema === null ? {} : { schema }),
    },
  );
  ctx.explain({ kind: 'model', model, provider, rehearsal, inputTokens, outputTokens, costMicros, priceId });
  return text;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
