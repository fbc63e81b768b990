import { z } from 'zod';
import type { Json } from '#nodes/core/json.ts';

type Asked = { type: string; options: string[] };

const file = z.strictObject({
  kind: z.literal('file'),
  id: z.string().min(1),
  name: z.string(),
  mime: z.string(),
  bytes: z.int().min(0),
});

const rules: Record<string, { schema: z.ZodType; says: string }> = {
  text: { schema: z.string(), says: 'must be text.' },
  multiline: { schema: z.string(), says: 'must be text.' },
  number: { schema: z.number(), says: 'must be a number, for example 12.5.' },
  integer: { schema: z.int(), says: 'must be a whole number, for example 12.' },
  boolean: { schema: z.boolean(), says: 'must be true or false.' },
  date: { schema: z.iso.date(), says: 'must be a date such as 2026-01-31.' },
  email: { schema: z.email().max(254), says: 'must be an e-mail address such as maria@example.test.' },
  file: { schema: file, says: 'must be an uploaded file.' },
};

/** An empty text, null and an absent member all mean: nothing was given. */
export function givenValue(value: Json | undefined): Json | undefined {
  return value === null || value === '' ? undefined : value;
}

/** What is wrong with a value for a field, as the rest of a sentence; null where nothing is. */
export function valueProblem(field: Asked, value: Json): string | null {
  if (field.type === 'choice')
    return field.options.some((option) => option === value) ? null : `must be one of: ${field.options.join(', ')}.`;
  const rule = rules[field.type];
  return rule === undefined || rule.schema.safeParse(value).success ? null : rule.says;
}
