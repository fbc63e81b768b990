import { z } from 'zod';
import type { ProjectSettings } from '#server/projects/settings.ts';

const host = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i;

/** The settings as they stand in the form: hosts as lines of text. */
export const settingsForm = z.object({
  name: z.string().trim().min(1, 'Give the project a name.').max(100),
  riskThreshold: z.number('Write a number from 0 to 1.').min(0, 'Not below 0.').max(1, 'Not above 1.'),
  allowedHosts: z.string().superRefine((text, context) => {
    const wrong = linesOf(text).find((line) => !host.test(line));
    if (wrong !== undefined)
      context.addIssue({
        code: 'custom',
        message: `“${wrong}” is not a host. Write one per line, like erp.local or erp.local:8080.`,
      });
  }),
  mailFrom: z.string().trim().max(320),
  model: z.string().trim().max(200),
  retention: z.object({ eventsDays: z.number(), valuesDays: z.number() }).nullable(),
  /** Set on the memory page; carried along. */
  memory: z.object({ mostItems: z.number(), episodicDays: z.number().nullable() }),
});
export type SettingsValues = z.infer<typeof settingsForm>;

/** Fills the form from what is stored. */
export function toValues(name: string, settings: ProjectSettings): SettingsValues {
  return { name, ...settings, allowedHosts: settings.allowedHosts.join('\n') };
}

/** What to store of a filled form. */
export function toSettings(values: SettingsValues): ProjectSettings {
  const { name: _, allowedHosts, ...rest } = values;
  return { ...rest, allowedHosts: linesOf(allowedHosts).map((line) => line.toLowerCase()) };
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
