import { z } from 'zod';
import type { ConnectionUse } from './connection-uses.ts';

export const connectionKinds = ['openai', 'compatible', 'rehearsal'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** The implicit connection: what OPENAI_* of the environment name, else the rehearsal. */
export const environmentName = 'environment';

const httpUrl = z
  .string()
  .trim()
  .max(500)
  .refine(
    (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
    'must be a URL that starts with http:// or https://',
  )
  .refine(
    (value) => !URL.parse(value)?.username && !URL.parse(value)?.password,
    'must not hold a password; enter the key',
  );

/** What the operator enters. `key` undefined keeps the one that is stored; an empty one removes it. */
export const connectionFields = z.object({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'A name has small letters, digits and -, and begins with a letter.')
    .refine((name) => name !== environmentName, 'This name is used by what the environment names.'),
  kind: z.enum(connectionKinds),
  baseUrl: httpUrl.nullable().default(null),
  model: z.string().trim().max(200).default(''),
  embeddingModel: z.string().trim().max(200).default(''),
  key: z
    .string()
    .trim()
    .max(1_000)
    .regex(/^[\x21-\x7e]*$/, 'must not contain spaces or line breaks')
    .optional(),
  isDefault: z.boolean().default(false),
  /** What the provider grants for each model; null: not known. */
  requestsPerMinute: z.int().min(1).max(1_000_000).nullable().default(null),
  tokensPerMinute: z.int().min(1).max(1_000_000_000).nullable().default(null),
});
export type ConnectionFields = z.infer<typeof connectionFields>;

/** A connection as it is shown: of its key the last four characters. */
export type ConnectionRow = {
  /** Null: the one of the environment, which is changed there. */
  id: string | null;
  name: string;
  kind: ConnectionKind;
  baseUrl: string | null;
  model: string;
  embeddingModel: string;
  key: string | null;
  isDefault: boolean;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  /** What names it. */
  usedBy: ConnectionUse[];
  updatedAt: number | null;
};
