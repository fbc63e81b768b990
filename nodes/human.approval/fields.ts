import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { type Type, t } from '#nodes/core/types.ts';

export const approvalTypes = ['text', 'multiline', 'number', 'boolean', 'any'] as const;

/** The node's own port, and the members that an outcome has beside the fields. */
export const reservedNames = ['about', 'decision', 'edited', 'by', 'reason'] as const;

export const fieldSchema = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'Of the input, and of the member of the outcome.' }),
  title: z.string().max(200).default('').meta({ title: 'Title', description: 'Empty: the name.' }),
  type: z.enum(approvalTypes).default('text').meta({ title: 'Kind' }),
  editable: z.boolean().default(true).meta({ title: 'May be edited' }),
  hidden: z
    .boolean()
    .default(false)
    .meta({ title: 'Not shown', description: 'For values that only the risk rules look at.' }),
});
export type Field = z.infer<typeof fieldSchema>;

const types: Record<(typeof approvalTypes)[number], Type> = {
  text: t.string(),
  multiline: t.string({ format: 'multiline' }),
  number: t.number(),
  boolean: t.boolean(),
  any: t.any(),
};

/** The type of a field's value. */
export function typeOf(field: Field): Type {
  return types[field.type];
}

/** The types of several fields, by name. */
export function typesOf(fields: Field[]): Record<string, Type> {
  return Object.fromEntries(fields.map((field) => [field.name, typeOf(field)]));
}
