/**
 * The types of values on ports: a closed subset of JSON Schema, so that they can be published, derived from zod
 * and checked for assignability. `any` is the empty schema. A string of format `file` holds a FileRef object.
 */
export type Type =
  | { type: 'any' }
  | { type: 'null' }
  | { type: 'boolean' }
  | { type: 'number'; minimum?: number; maximum?: number }
  | { type: 'integer'; minimum?: number; maximum?: number }
  | { type: 'string'; enum?: string[]; format?: 'email' | 'date-time' | 'uri' | 'file' | 'multiline' }
  | { type: 'array'; items: Type }
  | { type: 'object'; properties: Record<string, Type>; required: string[]; additional: Type | null }
  | { type: 'union'; of: Type[] };

export type ObjectType = Extract<Type, { type: 'object' }>;

export { assignable, type Mismatch } from './types/assignable.ts';
export { checkValue, type ValueProblem } from './types/check-value.ts';
export { isNullable, members, nullable, sameType, t, unionOf } from './types/construct.ts';
export { describeType } from './types/describe.ts';
export { typeOfValue } from './types/of-value.ts';
export { fromJsonSchema, fromZod, toJsonSchema } from './types/schema.ts';
