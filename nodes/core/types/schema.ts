import { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import type { ObjectType, Type } from '../types.ts';
import { nullable, unionOf } from './construct.ts';

const deepest = 24;
const formats = ['email', 'date-time', 'uri', 'file', 'multiline'] as const;

/** The type of what a zod schema gives out. What has no counterpart becomes `any`. */
export function fromZod(schema: z.ZodType): Type {
  return fromJsonSchema(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as Json);
}

/**
 * The type that a JSON Schema describes, as far as types go: parts that are unknown, recursive or too deep become `any`.
 * Total: any JSON gives a type.
 */
export function fromJsonSchema(schema: Json): Type {
  return read(schema, { root: schema, depth: 0 });
}

type Reading = { root: Json; depth: number };

function read(schema: Json | undefined, at: Reading): Type {
  if (!isObject(schema) || at.depth > deepest) return { type: 'any' };
  const next = { root: at.root, depth: at.depth + 1 };
  if (typeof schema.$ref === 'string') return read(resolve(schema.$ref, at.root), next);
  const variants = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(variants)) return unionOf(variants.map((variant) => read(variant, next)));
  if (Array.isArray(schema.type))
    return unionOf(schema.type.map((name) => read({ ...schema, type: name, enum: enumFor(name, schema.enum) }, next)));
  const constant = 'const' in schema ? [schema.const as Json] : schema.enum;
  if (Array.isArray(constant)) return fromChoices(constant);
  const type = readKind(schema, next);
  return schema.nullable === true ? nullable(type) : type;
}

function readKind(schema: JsonObject, next: Reading): Type {
  switch (schema.type) {
    case 'null':
    case 'boolean':
      return { type: schema.type };
    case 'number':
    case 'integer':
      return { type: schema.type, ...rangeOf(schema) };
    case 'string': {
      const format = formats.find((known) => known === (schema.format === 'url' ? 'uri' : schema.format));
      return { type: 'string', ...(format ? { format } : {}) };
    }
    case 'array':
      return { type: 'array', items: read(schema.items, next) };
    case 'object':
      return readObject(schema, next);
    default:
      return isObject(schema.properties) ? readObject(schema, next) : { type: 'any' };
  }
}

function readObject(schema: JsonObject, next: Reading): Type {
  if (schema.format === 'file') return { type: 'string', format: 'file' };
  const properties = isObject(schema.properties) ? schema.properties : {};
  const names = Object.keys(properties).filter((name) => name !== '__proto__');
  const required = Array.isArray(schema.required) ? schema.required : [];
  const extra = schema.additionalProperties;
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, read(properties[name], next)])),
    required: names.filter((name) => required.includes(name)),
    additional: isObject(extra) ? read(extra, next) : isOpen(extra, names) ? { type: 'any' } : null,
  };
}

/** A schema that lists members and says nothing of others means those: a misspelt member should be found. */
function isOpen(extra: Json | undefined, names: string[]): boolean {
  return extra === true || (extra === undefined && names.length === 0);
}

function rangeOf(schema: JsonObject): { minimum?: number; maximum?: number } {
  const { minimum, maximum } = schema;
  // zod writes the safe range of every integer; it says nothing to a person.
  return {
    ...(typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? { minimum } : {}),
    ...(typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? { maximum } : {}),
  };
}

function fromChoices(choices: Json[]): Type {
  const texts = choices.filter((choice) => typeof choice === 'string');
  const others = choices.filter((choice) => typeof choice !== 'string').map(ofConstant);
  return unionOf([...(texts.length > 0 ? [{ type: 'string', enum: [...new Set(texts)] } as Type] : []), ...others]);
}

function ofConstant(value: Json): Type {
  if (value === null) return { type: 'null' };
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return { type: 'any' };
}

/** `type: [string, null], enum: [a, b, null]`: each name keeps the choices that are its own. */
function enumFor(name: Json, choices: Json | undefined): Json {
  if (!Array.isArray(choices)) return null;
  return choices.filter((choice) => (choice === null ? 'null' : typeof choice) === name);
}

function resolve(ref: string, root: Json): Json | undefined {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return undefined;
  let found: Json | undefined = root;
  for (const part of ref.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const fileSchema: JsonObject = {
  type: 'object',
  format: 'file',
  properties: {
    kind: { type: 'string', enum: ['file'] },
    id: { type: 'string' },
    name: { type: 'string' },
    mime: { type: 'string' },
    bytes: { type: 'integer', minimum: 0 },
  },
  required: ['kind', 'id', 'name', 'mime', 'bytes'],
  additionalProperties: false,
};

/** The JSON Schema (2020-12) of a type, closed objects included: for publishing, and for structured answers of models. */
export function toJsonSchema(type: Type): JsonObject {
  switch (type.type) {
    case 'any':
      return {};
    case 'null':
    case 'boolean':
      return { type: type.type };
    case 'number':
    case 'integer':
      return { ...type };
    case 'string':
      return type.format === 'file' ? fileSchema : { ...type };
    case 'array':
      return { type: 'array', items: toJsonSchema(type.items) };
    case 'object':
      return objectSchema(type);
    case 'union':
      return { anyOf: type.of.map(toJsonSchema) };
  }
}

function objectSchema(type: ObjectType): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(type.properties).map(([name, member]) => [name, toJsonSchema(member)]),
    ),
    required: type.required,
    additionalProperties: type.additional ? toJsonSchema(type.additional) : false,
  };
}
