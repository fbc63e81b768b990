import type { Decision } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { canonicalJson, type Json, type JsonObject } from '#nodes/core/json.ts';
import { checkValue } from '#nodes/core/types.ts';
import { type Field, typeOf } from './fields.ts';

/**
 * The values of the fields as the operator left them, and whether any differs from the proposal.
 * Errors: INPUT_INVALID with the field that may not be edited or does not fit its kind.
 */
export function decidedValues(
  fields: Field[],
  proposed: JsonObject,
  { value }: Pick<Decision, 'value'>,
): { values: JsonObject; edited: boolean } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused('The decided proposal must be an object with the fields as members.');
  const shown = fields.filter((field) => !field.hidden);
  const stranger = Object.keys(value).find((name) => !shown.some((field) => field.name === name));
  if (stranger !== undefined) throw refused(`There is no field "${stranger}" to decide on. Leave it out.`);
  const changed = shown.filter(
    ({ name }) => Object.hasOwn(value, name) && !same(value[name] ?? null, proposed[name] ?? null),
  );
  for (const field of changed) mustBeAllowed(field, value[field.name] ?? null);
  return {
    values: Object.fromEntries(changed.map(({ name }) => [name, value[name] ?? null])),
    edited: changed.length > 0,
  };
}

function mustBeAllowed(field: Field, value: Json): void {
  const title = field.title ? `${field.title} (${field.name})` : field.name;
  if (!field.editable) throw refused(`${title} may not be edited. Leave it as it was proposed.`);
  const problem = checkValue(typeOf(field), value);
  if (problem) throw refused(`${title}: expected ${problem.expected}, got ${problem.got}. Correct it.`);
}

function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function refused(message: string): NodeError {
  return new NodeError('INPUT_INVALID', message, { happened: 'no' });
}
