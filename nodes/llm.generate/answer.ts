import { Validator } from '@cfworker/json-schema';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';

const shownProblems = 8;

/** What a model's text says, or why it does not satisfy the schema, one line per problem. */
export type Reading = { kind: 'value'; value: Json } | { kind: 'problems'; problems: string[] };

/** Reads a model's text as JSON that satisfies the schema; a Markdown fence around it is tolerated. */
export function readAnswer(text: string, schema: JsonObject): Reading {
  const parsed = parse(text);
  if (parsed === undefined) return { kind: 'problems', problems: ['The answer is not JSON.'] };
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(parsed);
  if (valid) return { kind: 'value', value: parsed };
  // The library lists each parent of a problem before it; only the innermost say what to mend.
  const inner = errors.filter((unit) => !errors.some((other) => isInside(other.keywordLocation, unit.keywordLocation)));
  const said = inner.map(({ instanceLocation, error }) => `${instanceLocation.replace(/^#/, '') || '/'}: ${error}`);
  return { kind: 'problems', problems: [...new Set(said)].slice(0, shownProblems) };
}

/** Refuses a schema that cannot be used. Errors: CONFIG_INVALID with its place. */
export function mustBeUsable(schema: JsonObject): void {
  const [problem] = schemaProblems(schema);
  if (problem)
    throw new NodeError('CONFIG_INVALID', `Schema of the answer, ${problem.field || 'as a whole'}: ${problem.message}`);
}

function isInside(location: string, parent: string): boolean {
  return location !== parent && location.startsWith(`${parent}/`);
}

function parse(text: string): Json | undefined {
  return parseJson(text) ?? parseJson(insideFence(text));
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
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
