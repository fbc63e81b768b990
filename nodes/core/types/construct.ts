import { canonicalJson } from '../json.ts';
import type { ObjectType, Type } from '../types.ts';

type Range = { minimum?: number; maximum?: number };
type StringOptions = { enum?: string[]; format?: 'email' | 'date-time' | 'uri' | 'file' | 'multiline' };

/** Constructors of types. Members of an object are required unless `required` names fewer of them. */
export const t = {
  any: (): Type => ({ type: 'any' }),
  null: (): Type => ({ type: 'null' }),
  boolean: (): Type => ({ type: 'boolean' }),
  number: (range: Range = {}): Type => ({ type: 'number', ...range }),
  integer: (range: Range = {}): Type => ({ type: 'integer', ...range }),
  string: (options: StringOptions = {}): Type => ({ type: 'string', ...options }),
  /** A file handed to the run: its value is a FileRef. */
  file: (): Type => ({ type: 'string', format: 'file' }),
  array: (items: Type): Type => ({ type: 'array', items }),
  object: (
    properties: Record<string, Type>,
    required: string[] = Object.keys(properties),
    additional: Type | null = null,
  ): ObjectType => ({ type: 'object', properties, required, additional }),
  /** An object whose member names are not known beforehand. */
  record: (values: Type): ObjectType => ({ type: 'object', properties: {}, required: [], additional: values }),
  union: (...of: Type[]): Type => unionOf(of),
  nullable: (type: Type): Type => nullable(type),
};

/** The variants of a type: those of a union, else the type itself. */
export function members(type: Type): Type[] {
  return type.type === 'union' ? type.of : [type];
}

/** Whether null is a value of the type. */
export function isNullable(type: Type): boolean {
  return members(type).some((member) => member.type === 'null' || member.type === 'any');
}

/** The type with null added to its values. */
export function nullable(type: Type): Type {
  return isNullable(type) ? type : unionOf([type, { type: 'null' }]);
}

/** Whether two types have the same values, as far as their texts tell. */
export function sameType(a: Type, b: Type): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/**
 * The smallest type that holds the values of all of `types`: nested unions are flattened, equal variants are merged,
 * choices are joined, and `any` swallows the rest. Without types: `any`.
 */
export function unionOf(types: Type[]): Type {
  const flat = types.flatMap(members);
  const first = flat[0];
  if (first && flat.length === 1) return first;
  if (!first || flat.some((type) => type.type === 'any')) return { type: 'any' };
  const distinct = new Map<string, Type>();
  for (const type of flat) {
    const key = mergeKey(type);
    const known = distinct.get(key);
    distinct.set(key, known ? merged(known, type) : type);
  }
  const rest = [...distinct.values()].filter((type) => type.type !== 'integer' || !distinct.has('number'));
  return rest.length === 1 ? (rest[0] as Type) : { type: 'union', of: rest };
}

/** Variants with the same key become one. */
function mergeKey(type: Type): string {
  switch (type.type) {
    case 'number':
    case 'integer':
      return type.type;
    case 'string':
      return type.format === 'file' ? 'file' : 'string';
    default:
      return canonicalJson(type);
  }
}

function merged(a: Type, b: Type): Type {
  if (a.type === 'string' && b.type === 'string' && a.format !== 'file') {
    const choices = a.enum && b.enum ? [...new Set([...a.enum, ...b.enum])].sort() : undefined;
    return {
      type: 'string',
      ...(choices ? { enum: choices } : {}),
      ...(a.format !== undefined && a.format === b.format ? { format: a.format } : {}),
    };
  }
  // Two ranges of numbers become all numbers; whatever else has one key is the same.
  return sameType(a, b) ? a : ({ type: a.type } as Type);
}
