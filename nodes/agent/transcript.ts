import type { ModelMessage, ToolCall } from '#nodes/core/capabilities.ts';
import type { EndedItem } from '#nodes/core/define-node.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { readJson } from '#nodes/core/model/reading.ts';
import { checkValue, fromJsonSchema } from '#nodes/core/types.ts';
import type { Tool } from './index.ts';

const longestResult = 30_000;

/** Where an agent stands: what was said, and what that took. */
export type Progress = { messages: ModelMessage[]; turn: number; calls: number; spentMicros: number };

/**
 * What a tool is asked: the item of its iteration. The first of a turn carries all that was said since the turn before
 * it and what was spent up to then, so that the agent goes on from its items alone, in any process and in any fork.
 */
export type Asked = {
  id: string;
  tool: string;
  arguments: Json;
  turn: number;
  said?: ModelMessage[];
  spentMicros?: number;
};

/** Where an agent stands by what its tools were asked and gave. */
export function progressOf(first: ModelMessage[], items: readonly EndedItem[]): Progress {
  const progress: Progress = { messages: [...first], turn: 0, calls: items.length, spentMicros: 0 };
  for (const { value, outcome, result } of items) {
    const asked = value as unknown as Asked;
    progress.messages.push(...(asked.said ?? []), {
      role: 'tool',
      toolCallId: asked.id,
      content: outcome === 'ok' ? shown(result) : failureText(result),
    });
    progress.turn = asked.turn;
    progress.spentMicros = asked.spentMicros ?? progress.spentMicros;
  }
  return progress;
}

/** The calls of a turn: those that can be made, and what the model is told of the others. */
export function sorted(calls: readonly ToolCall[], tools: readonly Tool[]) {
  const made: Omit<Asked, 'turn'>[] = [];
  const refused: ModelMessage[] = [];
  for (const { id, name, arguments: written } of calls) {
    const read = readCall({ name, written }, tools);
    if ('problem' in read) refused.push({ role: 'tool', toolCallId: id, content: `Not done: ${read.problem}` });
    else made.push({ id, tool: name, arguments: read.value });
  }
  return { made, refused };
}

function readCall(
  { name, written }: { name: string; written: string },
  tools: readonly Tool[],
): { value: Json } | { problem: string } {
  const tool = tools.find((each) => each.name === name);
  if (!tool) return { problem: `there is no tool "${name}". There are: ${tools.map((each) => each.name).join(', ')}.` };
  const value = written.trim() === '' ? {} : readJson(written);
  if (value === undefined) return { problem: 'the arguments are not JSON.' };
  const wrong = checkValue(fromJsonSchema(tool.parameters), value);
  return wrong
    ? { problem: `${wrong.path || 'the arguments'}: expected ${wrong.expected}, got ${wrong.got}.` }
    : { value };
}

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= longestResult) return text;
  return `${text.slice(0, longestResult).toWellFormed()}\n… (${text.length - longestResult} more characters were left out)`;
}

function failureText(failure: Json): string {
  const { code, message } = (failure ?? {}) as JsonObject;
  return `Failed: ${typeof message === 'string' ? message : 'no reason was given.'}${code ? ` (${String(code)})` : ''}`;
}
