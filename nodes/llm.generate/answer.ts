import { Validator } from '@cfworker/json-schema';
import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';
import { type Reading, readJson } from '#nodes/core/model/reading.ts';

const shownProblems = 8;

/** Reads a model's text as JSON that satisfies the schema; a Markdown fence around it is tolerated. */
export function readAnswer(text: string, schema: JsonObject): Reading {
  const parsed = readJson(text);
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
