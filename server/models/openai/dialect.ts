import type OpenAI from 'openai';
import type { ModelMessage, ModelTool } from '#nodes/core/capabilities.ts';
import type { ProviderRequest } from '../provider.ts';

type Body = OpenAI.ChatCompletionCreateParamsStreaming;

/** Which optional parts of the protocol a server takes for a model. Servers differ, and tell by answering 400. */
export type Dialect = {
  format: 'json_schema' | 'json_object' | 'prompt';
  /** Names of the output limit that were not refused yet; the first is used. */
  limits: ('max_completion_tokens' | 'max_tokens')[];
  temperature: boolean;
  usage: boolean;
};

/** What is tried first: the newest form at OpenAI itself, the most widely known one elsewhere. */
export function firstDialect(official: boolean): Dialect {
  return {
    format: 'json_schema',
    limits: official ? ['max_completion_tokens', 'max_tokens'] : ['max_tokens', 'max_completion_tokens'],
    temperature: true,
    usage: true,
  };
}

/** The request body in a dialect. */
export function bodyOf(request: ProviderRequest, dialect: Dialect): Body {
  const { model, schema, temperature, maxOutputTokens, tools = [] } = request;
  const limit = dialect.limits[0];
  return {
    model,
    messages: messagesOf(request, dialect).map(spoken),
    ...(tools.length > 0 ? { tools: tools.map(offered) } : {}),
    stream: true,
    ...(dialect.usage ? { stream_options: { include_usage: true } } : {}),
    ...(temperature !== undefined && dialect.temperature ? { temperature } : {}),
    ...(maxOutputTokens !== undefined && limit ? { [limit]: maxOutputTokens } : {}),
    ...(schema ? formatOf(schema, dialect) : {}),
  };
}

function formatOf(schema: Record<string, unknown>, { format }: Dialect): Pick<Body, 'response_format'> {
  switch (format) {
    case 'json_schema':
      return { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: false, schema } } };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'prompt':
      return {};
    default:
      return format satisfies never;
  }
}

/** Where the server cannot be given the schema, the prompt says it: in the system message, which comes first. */
function messagesOf({ messages, schema }: ProviderRequest, { format }: Dialect): ModelMessage[] {
  if (!schema || format === 'json_schema') return messages;
  const text = JSON.stringify(schema);
  if (messages.some(({ content }) => content.includes(text))) return messages;
  const demand = `Answer with one JSON value and nothing else. It must satisfy this JSON Schema:\n${text}`;
  const [first, ...rest] = messages;
  return first?.role === 'system'
    ? [{ role: 'system', content: `${first.content}\n\n${demand}` }, ...rest]
    : [{ role: 'system', content: demand }, ...messages];
}

/** A message as the protocol writes it. */
function spoken(message: ModelMessage): Body['messages'][number] {
  if (message.role === 'tool') return { role: 'tool', content: message.content, tool_call_id: message.toolCallId };
  if (message.role !== 'assistant' || !message.toolCalls) return { role: message.role, content: message.content };
  const calls = message.toolCalls.map(({ id, name, arguments: written }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: written },
  }));
  return { role: 'assistant', content: message.content === '' ? null : message.content, tool_calls: calls };
}

function offered({ name, description, parameters }: ModelTool): OpenAI.ChatCompletionFunctionTool {
  return { type: 'function', function: { name, description, parameters } };
}

/** The dialect to try after a refusal that names a part of the protocol; null where the refusal is about something else. */
export function adapt(dialect: Dialect, request: ProviderRequest, refusal: string): Dialect | null {
  const text = refusal.toLowerCase();
  const unknown =
    /unsupported|not support|unrecognized|unknown|not permitted|not allowed|extra inputs|invalid param|instead/.test(
      text,
    );
  if (request.schema && dialect.format !== 'prompt' && /response_format|json_schema|json_object|schema/.test(text))
    return { ...dialect, format: dialect.format === 'json_schema' ? 'json_object' : 'prompt' };
  if (dialect.usage && /stream_options|include_usage/.test(text)) return { ...dialect, usage: false };
  if (!unknown) return null;
  if (request.temperature !== undefined && dialect.temperature && text.includes('temperature'))
    return { ...dialect, temperature: false };
  if (request.maxOutputTokens !== undefined && dialect.limits.length > 0 && /max_(completion_)?tokens/.test(text))
    return { ...dialect, limits: dialect.limits.slice(1) };
  return null;
}
