import type { ModelCapability } from '#nodes/core/capabilities.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { respond, type WorldState } from './state.ts';

/** A model that gives the seed's answers in order, then echoes or fills the asked schema with samples. */
export function modelIn(state: WorldState): ModelCapability {
  return {
    async generate({ messages, model, schema }) {
      await respond(state);
      const scripted = state.answers.shift();
      if (scripted instanceof Error) throw scripted;
      const asked = messages.map((message) => message.content).join('\n');
      const tools = typeof scripted === 'object' ? scripted : null;
      const text =
        (typeof scripted === 'object' ? (scripted.text ?? '') : scripted) ??
        (schema ? JSON.stringify(sampleOf(schema)) : `Echo: ${asked}`);
      return {
        text,
        ...(tools ? { toolCalls: tools.toolCalls } : {}),
        model: model || 'test-model',
        provider: 'test',
        rehearsal: true,
        inputTokens: asked.length,
        outputTokens: text.length,
        costMicros: 0,
        priceId: null,
        responseId: null,
      };
    },
    async embed({ texts, model }) {
      await respond(state);
      const scripted = state.answers.shift();
      if (scripted instanceof Error) throw scripted;
      return {
        vectors: texts.map((text) => [text.length, text.codePointAt(text.length - 1) ?? 0]),
        model: model || 'test-embedding',
        provider: 'test',
        rehearsal: true,
        inputTokens: texts.join('').length,
        costMicros: 0,
        priceId: null,
        responseId: null,
      };
    },
  };
}

/** A smallest value that satisfies a plain JSON Schema. */
function sampleOf(schema: JsonObject): Json {
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (schema.const !== undefined) return schema.const;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, JsonObject>).map(([name, member]) => [
          name,
          sampleOf(member),
        ]),
      );
    case 'array':
      return [];
    case 'string':
      return 'sample';
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 0;
    case 'boolean':
      return true;
    default:
      return null;
  }
}
