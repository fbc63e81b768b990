import { z } from 'zod';

const hostPattern = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;

const days = z.number().int().min(1).max(36_500);

/** How long what ended runs leave behind is kept, in days. Audit, spend, effects and decisions are kept for ever. */
export const retentionSchema = z.object({
  /** Events: the run can no longer be watched step by step, forked or rewound. */
  eventsDays: days,
  /** Values of more than a few thousand bytes that went in and out of steps; a hash stays. */
  valuesDays: days,
});
export type Retention = z.infer<typeof retentionSchema>;

/** How much a project remembers, and for how long. Items of their own time, and those kept by hand, are told by the item. */
export const memoryPolicySchema = z.object({
  /** Above this the least worth keeping is forgotten: by importance, use and recency. */
  mostItems: z.number().int().min(1).max(10_000_000).default(200_000),
  /** Episodes that nodes remembered are forgotten after so many days; null: only by the limit. */
  episodicDays: days.nullable().default(null),
});
export type MemoryPolicy = z.infer<typeof memoryPolicySchema>;

/** What the operator sets for a project. Every member has a default, so that stored settings may be older. */
export const settingsSchema = z.object({
  /** Actions whose risk, 0 to 1, is above this wait for an approval. */
  riskThreshold: z.number().min(0).max(1).default(0.5),
  /** Hosts that http.request may reach although their address is not public, as `host` or `host:port`. */
  allowedHosts: z
    .array(z.string().toLowerCase().regex(hostPattern, 'A host is written like erp.local or erp.local:8080.'))
    .max(100)
    .default([]),
  /** Sender of mail; empty: the address that SMTP is set up with. */
  mailFrom: z.string().max(320).default(''),
  /** Default model; empty: the one that the environment names. */
  model: z.string().max(200).default(''),
  /** Null keeps everything for ever. */
  retention: retentionSchema.nullable().default({ eventsDays: 90, valuesDays: 365 }),
  memory: memoryPolicySchema.default({ mostItems: 200_000, episodicDays: null }),
});
export type ProjectSettings = z.infer<typeof settingsSchema>;

/** Reads stored settings; members that are missing get their default. */
export function parseSettings(stored: unknown): ProjectSettings {
  return settingsSchema.parse(stored ?? {});
}
