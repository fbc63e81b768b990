import type { ModelMessage } from '#nodes/core/capabilities.ts';

/** Tokens that the chat format adds to each message, and to the whole. */
const perMessage = 4;
const perChat = 3;

/** Counts tokens as OpenAI's models of 2024 and later do (o200k); for other models it is an estimate. */
export async function countTokens(
  messages: ModelMessage[],
  answer: string,
): Promise<{ inputTokens: number; outputTokens: number }> {
  const count = await counter();
  const inputTokens = messages.reduce((sum, { content }) => sum + count(content) + perMessage, perChat);
  return { inputTokens, outputTokens: count(answer) };
}

/** Counts the tokens of texts that are no chat. */
export async function countTexts(texts: string[]): Promise<number> {
  const count = await counter();
  return texts.reduce((sum, text) => sum + count(text), 0);
}

async function counter(): Promise<(text: string) => number> {
  // Loaded at the first use: its table takes megabytes, and most servers send their own counts.
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  const plain = { disallowedSpecial: new Set<string>() };
  return (text) => count(text, plain);
}
