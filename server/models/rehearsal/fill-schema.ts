import type { Json, JsonObject } from '#nodes/core/json.ts';
import { fold } from './facts.ts';
import { fillString } from './fill-string.ts';
import type { Writer } from './sentences.ts';

const deepest = 32;
const mostItems = 3;

/** A value that satisfies a JSON Schema, made of the facts. */
export function fillSchema(schema: JsonObject, writer: Writer): Json {
  return fill(schema, { writer, name: '', depth: 0 });
}

/** `name` is the member that the value is for. */
type Into = { writer: Writer; name: string; depth: number };

function fill(schema: JsonObject, into: Into): Json {
  const deeper = { ...into, depth: into.depth + 1 };
  if (into.depth > deepest) return null;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return choose(schema.enum, into);
  if (isList(schema.allOf)) return fill(merged(schema, schema.allOf), deeper);
  const options = isList(schema.anyOf) ? schema.anyOf : isList(schema.oneOf) ? schema.oneOf : null;
  if (options) {
    // Where there may be nothing, what the prompt does not say is not made up.
    const mayBeNothing = options.some(({ type }) => type === 'null') && into.name !== '';
    if (mayBeNothing && !into.writer.facts.labelled.has(fold(into.name))) return null;
    const option = options.find((each) => each.type !== 'null') ?? options[0];
    const { anyOf: _anyOf, oneOf: _oneOf, ...rest } = schema;
    return fill({ ...rest, ...option }, deeper);
  }
  return fillType(typeOf(schema), schema, into);
}

function fillType(type: string, schema: JsonObject, into: Into): Json {
  switch (type) {
    case 'object':
      return fillObject(schema, into);
    case 'array':
      return fillArray(schema, into);
    case 'integer':
    case 'number':
      return fillNumber(schema, type === 'integer', into);
    case 'boolean':
      return into.writer.facts.labelled.get(fold(into.name))?.toLowerCase() === 'true';
    case 'null':
      return null;
    default:
      return fillString(schema, into.name, into.writer);
  }
}

function typeOf(schema: JsonObject): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const named = types.find((type) => type !== 'null' && typeof type === 'string') ?? types[0];
  if (typeof named === 'string') return named;
  if (isObject(schema.properties)) return 'object';
  return schema.items === undefined ? 'string' : 'array';
}

function fillObject(schema: JsonObject, { writer, depth }: Into): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const filled: JsonObject = {};
  for (const [name, member] of Object.entries(properties))
    if (isObject(member)) filled[name] = fill(member, { writer, name, depth: depth + 1 });
  const others = isObject(schema.additionalProperties) ? schema.additionalProperties : {};
  for (const name of required)
    if (!Object.hasOwn(filled, name)) filled[name] = fill(others, { writer, name, depth: depth + 1 });
  for (let n = 1; Object.keys(filled).length < numberOr(schema.minProperties, 0) && n < 100; n += 1)
    filled[`member${n}`] ??= fill(others, { writer, name: `member ${n}`, depth: depth + 1 });
  return filled;
}

function fillArray(schema: JsonObject, { writer, name, depth }: Into): Json[] {
  const items = isObject(schema.items) ? schema.items : {};
  const least = numberOr(schema.minItems, 0);
  const most = Math.min(numberOr(schema.maxItems, mostItems), Math.max(least, mostItems));
  const { listed } = writer.facts;
  const length = Math.max(least, Math.min(most, Math.max(1, listed.length)));
  return Array.from({ length }, (_, at) => {
    // Each item is written from another fact, so that they differ where the prompt has enough of them.
    const own = listed.length > 0 ? [listed[at % listed.length]!, ...listed] : listed;
    return fill(items, { writer: { ...writer, facts: { ...writer.facts, listed: own } }, name, depth: depth + 1 });
  });
}

function fillNumber(schema: JsonObject, whole: boolean, { writer, name }: Into): number {
  const step = numberOr(schema.multipleOf, whole ? 1 : 0);
  const exclusive = step || 0.000_001;
  const least = Math.max(numberOr(schema.minimum, -Infinity), numberOr(schema.exclusiveMinimum, -Infinity) + exclusive);
  const most = Math.min(numberOr(schema.maximum, Infinity), numberOr(schema.exclusiveMaximum, Infinity) - exclusive);
  const said = Number(writer.facts.labelled.get(fold(name)) || Number.NaN);
  const middle = Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : 0;
  const wanted = Math.min(Math.max(Number.isFinite(said) ? said : middle, least), most);
  if (step === 0) return wanted;
  const down = Math.floor(wanted / step) * step;
  return down >= least ? down : Math.ceil(wanted / step) * step;
}

/** The value that the prompt speaks of most often; the first where it speaks of none. */
function choose(values: Json[], { writer, name }: Into): Json {
  const said = writer.facts.labelled.get(fold(name));
  const same = values.find((value) => said !== undefined && fold(String(value)) === fold(said));
  if (same !== undefined) return same;
  const prompt = [writer.facts.request, ...writer.facts.labelled.values(), ...writer.facts.listed]
    .join('\n')
    .toLowerCase();
  const count = (value: Json) =>
    typeof value === 'string' && value ? prompt.split(value.toLowerCase()).length - 1 : 0;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}

function merged(schema: JsonObject, parts: JsonObject[]): JsonObject {
  const { allOf: _allOf, ...own } = schema;
  const all = [own, ...parts];
  const properties = Object.assign({}, ...all.map((part) => part.properties ?? {})) as JsonObject;
  const required = all.flatMap((part) => (Array.isArray(part.required) ? part.required : []));
  return { ...(Object.assign({}, ...all) as JsonObject), properties, required };
}

function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
