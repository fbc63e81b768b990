import { z } from 'zod';
import { addressOf } from './compile/guard.ts';
import type { Json } from './json.ts';

const typeName = z.enum(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
const count = z.int().min(0);
const deepest = 32;

const part: z.ZodType = z.lazy(() =>
  z.strictObject({
    type: z.union([typeName, z.array(typeName).min(1)]).optional(),
    enum: z.array(z.json()).min(1).optional(),
    const: z.json().optional(),
    properties: z.record(z.string(), part).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), part]).optional(),
    items: part.optional(),
    anyOf: z.array(part).min(1).optional(),
    oneOf: z.array(part).min(1).optional(),
    allOf: z.array(part).min(1).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    exclusiveMaximum: z.number().optional(),
    multipleOf: z.number().positive().optional(),
    minLength: count.optional(),
    maxLength: count.optional(),
    minItems: count.optional(),
    maxItems: count.optional(),
    minProperties: count.optional(),
    maxProperties: count.optional(),
    format: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    default: z.json().optional(),
    examples: z.array(z.json()).optional(),
    $schema: z.string().optional(),
    $comment: z.string().optional(),
  }),
);

/**
 * What keeps a JSON Schema in a document from being used. Left out on purpose: regular expressions, references and
 * `uniqueItems`, with which a document from elsewhere could make a check run for ever. `field` is a path in the schema.
 */
export function schemaProblems(schema: Json): { field: string; message: string }[] {
  if (depthOf(schema) > deepest) return [{ field: '', message: `It is nested more than ${deepest} levels deep.` }];
  const { error } = part.safeParse(schema);
  return (error?.issues ?? []).map((issue) => ({
    field: addressOf(issue.path),
    message:
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.map((key) => `"${key}"`).join(', ')} is not supported in a schema. Remove it.`
        : issue.message,
  }));
}

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
