import { z } from 'zod';

/** What made a draft what it is. Only saves of the origin `operator` share a row of the history. */
export const draftOrigins = [
  'operator',
  'import',
  'template',
  'fix',
  'restore',
  'migration',
  'merge',
  'conflict',
] as const;
export type DraftOrigin = (typeof draftOrigins)[number];

export const summaryLimit = 200;

/** Why a draft is saved: `summary` names the edits in the words of the undo menu. */
export const draftWhySchema = z.object({
  origin: z.enum(draftOrigins),
  summary: z.string().max(summaryLimit).default(''),
});
export type DraftWhy = z.infer<typeof draftWhySchema>;
