import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { countTexts, countTokens } from '#server/models/openai/count-tokens.ts';
import type { Price } from '#server/models/prices.ts';

/** Where neither the request nor the price says how long an answer may be. A hard budget then makes the call ask for no more. */
const usualLongest = 16_384;
/** Models whose tokens are counted exactly. Of others the count is an estimate, so that more of it is reserved. */
const counted = /^(gpt-4o|gpt-4\.1|gpt-5|chatgpt|o[134](-|$))/;
const foreignShare = 1.5;
/** What the provider's own wrapping of a chat may add. */
const wrapping = 16;

/** The most tokens that a call may be answered with. */
export function longestAnswer(request: Pick<ModelRequest, 'maxOutputTokens'>, price: Price | null): number {
  const stated = request.maxOutputTokens ?? price?.longestAnswer ?? usualLongest;
  return price?.longestAnswer ? Math.min(stated, price.longestAnswer) : stated;
}

/** Tokens of what a call sends: its messages, the tools that were and may be asked for, the shape of the answer. */
export async function inputTokens({ messages, schema, tools }: ModelRequest): Promise<number> {
  const asked = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  const beside = [schema, tools, ...asked].filter((part) => part !== undefined).map((part) => JSON.stringify(part));
  const { inputTokens: said } = await countTokens(messages, '');
  return said + (await countTexts(beside));
}

/** The most tokens that what a call sends may be counted as. */
export async function inputBound(request: ModelRequest, model: string): Promise<number> {
  return Math.ceil((await inputTokens(request)) * (counted.test(model) ? 1 : foreignShare)) + wrapping;
}
