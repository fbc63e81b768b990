import { z } from 'zod';
import { defineNode, type InputSpec } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { type Type, t } from '#nodes/core/types.ts';
import { isZone, readLocal } from './zone-time.ts';

/** Longest wait by the clock, in seconds: a leap year. */
export const longestSeconds = 366 * 86_400;

const config = z.strictObject({
  mode: z
    .enum(['duration', 'until', 'event'])
    .default('duration')
    .meta({ title: 'Waits for', description: 'A duration, a time of day or date, or an event.' }),
  seconds: z.number().min(0).max(longestSeconds).default(60).meta({
    title: 'How long',
    description: 'For a duration. The input Seconds is stronger.',
    widget: 'duration',
    unitMs: 1_000,
  }),
  at: z
    .string()
    .max(40)
    .default('09:00')
    .meta({ title: 'Until', description: '09:00 for the next such time, or 2026-03-29T09:00. The input is stronger.' }),
  zone: z
    .string()
    .max(64)
    .default('UTC')
    .meta({ title: 'Time zone', description: 'For a time, for example Europe/Berlin.' }),
  event: idSchema.default('event').meta({ title: 'Event', description: 'Its name, for example payment_received.' }),
  timeoutMs: z
    .int()
    .min(1)
    .max(longestSeconds * 1_000)
    .nullable()
    .default(null)
    .meta({ title: 'Waits at most', description: 'Then it leaves by timeout. Empty: for ever.', widget: 'duration' }),
});
export type Config = z.infer<typeof config>;

const inputsOf: Record<Config['mode'], Record<string, InputSpec>> = {
  duration: {
    seconds: {
      type: t.nullable(t.number({ minimum: 0 })),
      title: 'Seconds',
      description: 'How long. Empty: as configured.',
      required: false,
    },
  },
  until: {
    at: {
      type: t.nullable(t.string()),
      title: 'Until',
      description: 'A local time, with or without a date. Empty: as configured.',
      required: false,
    },
  },
  event: {
    key: {
      type: t.string(),
      title: 'Key',
      description: 'Which one is meant, for example the number of an order.',
      required: true,
    },
  },
};

const at: Type = t.object({ at: t.integer() });

function summaryOf({ mode, seconds, at: time, zone, event }: Config): string {
  switch (mode) {
    case 'duration':
      return `For ${seconds} s`;
    case 'until':
      return `Until ${time}, ${zone}`;
    case 'event':
      return `For the event ${event}`;
  }
}

function problemsOf({ mode, at: time, zone }: Config): { field: string; message: string }[] {
  if (mode !== 'until') return [];
  return [
    ...(readLocal(time) ? [] : [{ field: 'at', message: `"${time}" is no time. Write 09:00 or 2026-03-29T09:00.` }]),
    ...(isZone(zone) ? [] : [{ field: 'zone', message: `"${zone}" is no time zone. Write one as Europe/Berlin.` }]),
  ];
}

export default defineNode<Config>({
  type: 'flow.wait',
  version: 1,
  title: 'Wait',
  description: 'Waits for a duration, until a local time, or for an event with a key.',
  category: 'flow',
  icon: 'hourglass',
  kind: 'task',
  config,
  inputs: ({ mode }) => inputsOf[mode],
  outcomes: ({ mode, timeoutMs }) => ({
    ok: mode === 'event' ? t.object({ data: t.any(), at: t.integer() }) : at,
    ...(timeoutMs === null ? {} : { timeout: at }),
  }),
  summary: summaryOf,
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'untrusted',
  capabilities: [],
  spends: null,
  check: problemsOf,
  retry: null,
  timeoutMs: 10_000,
  errors: [],
  example: {
    config: { mode: 'event', event: 'payment_received', timeoutMs: 14 * 86_400_000 },
    inputs: { key: 'order-10248' },
  },
});
