/**
 * The types of values on ports: a closed subset of JSON Schema, so that they can be published, derived from zod
 * and checked for assignability. `any` is the empty schema.
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
