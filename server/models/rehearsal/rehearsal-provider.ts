import { createHash } from 'node:crypto';
import type { ToolCall } from '#nodes/core/capabilities.ts';
import { canonicalJson } from '#nodes/core/json.ts';
import { refuseIfCancelled } from '#server/adapters/abort.ts';
import { embed, embedderName } from '#server/memory/embedder.ts';
import type { ModelProvider, ProviderRequest } from '../provider.ts';
import { readFacts } from './facts.ts';
import { fillSchema } from './fill-schema.ts';
import { mailBody, summaryLine, type Writer } from './sentences.ts';

/** Letters to a token, roughly, in English; a rehearsal costs nothing, so nearer is not needed. */
const lettersPerToken = 4;
const model = 'rehearsal-1';

/**
 * Answers without any language model: offline, free, and the same to the same request. It writes plausible text from
 * what the prompt says and satisfies the schema, so that a pipeline can be tried before a model is connected. Nothing
 * in the text tells that it is a rehearsal; `rehearsal` of the answer does, and what shows the text must say so.
 */
export function rehearsalProvider(): ModelProvider {
  return {
    name: 'rehearsal',
    rehearsal: true,
    defaultModel: model,
    defaultEmbedding: embedderName,
    async generate(request) {
      refuseIfCancelled(request.signal);
      const toolCall = toolFor(request);
      const text = toolCall ? '' : answerTo(request);
      for (const piece of text.match(/\S+\s*|\s+/g) ?? []) {
        request.onText?.(piece);
        if (request.onText) await new Promise(setImmediate);
        refuseIfCancelled(request.signal);
      }
      const asked = request.messages.reduce((sum, { content }) => sum + content.length, 0);
      return {
        text,
        ...(toolCall ? { toolCalls: [toolCall] } : {}),
        model,
        responseId: null,
        inputTokens: Math.ceil(asked / lettersPerToken),
        outputTokens: Math.ceil(text.length / lettersPerToken),
        counted: true,
        failure: null,
      };
    },
    async embed({ texts, signal }) {
      refuseIfCancelled(signal);
      const letters = texts.reduce((sum, text) => sum + text.length, 0);
      const inputTokens = Math.ceil(letters / lettersPerToken);
      return { vectors: texts.map(embed), model: embedderName, inputTokens, counted: true };
    },
  };
}

/** Each tool is tried once, in order, with what the prompt says; then there is an answer. */
function toolFor({ messages, tools = [] }: ProviderRequest): ToolCall | null {
  const asked = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  const next = tools.find(({ name }) => !asked.some((call) => call.name === name));
  if (!next) return null;
  const writer: Writer = { facts: readFacts(messages), pick: pickBy(canonicalJson(messages)) };
  return {
    id: `call_${asked.length + 1}`,
    name: next.name,
    arguments: JSON.stringify(fillSchema(next.parameters, writer)),
  };
}

function answerTo({ messages, schema, maxOutputTokens }: ProviderRequest): string {
  const writer: Writer = { facts: readFacts(messages), pick: pickBy(canonicalJson(messages)) };
  if (schema) return JSON.stringify(fillSchema(schema, writer));
  const asksForMail = /\b(?:e-?mail|mail|letter|write to|reply)\b/i.test(writer.facts.request);
  const text = asksForMail ? mailBody(writer) : summaryLine(writer);
  return text.slice(0, (maxOutputTokens ?? Number.POSITIVE_INFINITY) * lettersPerToken);
}

/** Chooses by a hash of the request, so that requests differ among each other and one is always answered the same. */
function pickBy(request: string): Writer['pick'] {
  const hash = createHash('sha256').update(request).digest().readUInt32BE(0);
  return (of) => of[hash % of.length]!;
}
