import type { Json } from '../json.ts';
import { checkValue, type Type } from '../types.ts';

/** What a model's text says, or why it cannot be used, one line per problem. */
export type Reading<Value = Json> = { kind: 'value'; value: Value } | { kind: 'problems'; problems: string[] };

/** Reads a model's text as JSON; a Markdown fence around it is tolerated. Undefined: it is not JSON. */
export function readJson(text: string): Json | undefined {
  return parseJson(text) ?? parseJson(insideFence(text));
}

/** Reads a model's text as a value of a type. */
export function readAs(text: string, type: Type): Reading {
  const value = readJson(text);
  if (value === undefined) return { kind: 'problems', problems: ['The answer is not JSON.'] };
  const problem = checkValue(type, value);
  if (problem === null) return { kind: 'value', value };
  const { path, expected, got } = problem;
  return { kind: 'problems', problems: [`${path || 'The answer'}: expected ${expected}, got ${got}.`] };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // JSON.parse throws nothing but a SyntaxError: the text is not JSON, which is the answer.
    return undefined;
  }
}

/** What stands between the first and the last fence of three backticks; without them the text itself. */
function insideFence(text: string): string {
  const open = text.indexOf('```');
  const close = text.lastIndexOf('```');
  if (open < 0 || close <= open) return text;
  const line = text.indexOf('\n', open);
  return line < 0 || line > close ? text.slice(open + 3, close) : text.slice(line + 1, close);
}
