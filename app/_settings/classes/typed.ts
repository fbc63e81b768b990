import { plural } from '#app/_ui/format.ts';
import type { RouterOutputs } from '#server/api/root.ts';

export type ClassName = keyof RouterOutputs['taskClasses']['get'];
export type ClassSettings = RouterOutputs['taskClasses']['get'][ClassName];

export const units = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type Unit = keyof typeof units;

/** A kind of work as it stands in the form. */
export type Typed = {
  model: string;
  /** One per line. */
  fallbacks: string;
  temperature: string;
  maxOutputTokens: string;
  timeoutS: string;
  concurrency: string;
  cache: boolean;
  cacheFor: string;
  cacheUnit: Unit;
  batchEndpoint: boolean;
};

const shown = (value: number | null): string => (value === null ? '' : String(value));

export function typedOf(settings: ClassSettings): Typed {
  const { cacheMs } = settings;
  const cacheUnit = largestUnit(cacheMs ?? units.days);
  return {
    model: settings.model,
    fallbacks: settings.fallbacks.join('\n'),
    temperature: shown(settings.temperature),
    maxOutputTokens: shown(settings.maxOutputTokens),
    timeoutS: shown(settings.timeoutMs === null ? null : settings.timeoutMs / 1_000),
    concurrency: shown(settings.concurrency),
    cache: cacheMs !== null,
    cacheFor: String((cacheMs ?? units.days) / units[cacheUnit]),
    cacheUnit,
    batchEndpoint: settings.batchEndpoint,
  };
}

/** For how long answers are kept, in the largest unit that tells it exactly. */
export function cacheWords(settings: ClassSettings): string {
  const { cacheFor, cacheUnit } = typedOf(settings);
  return plural(Number(cacheFor), cacheUnit.slice(0, -1));
}

function largestUnit(ms: number): Unit {
  return (['days', 'hours'] as const).find((unit) => ms % units[unit] === 0) ?? 'minutes';
}

export type Problems = Partial<Record<keyof Typed, string>>;

export function problemsOf(typed: Typed): Problems {
  const problems: Problems = {};
  const within = (name: keyof Typed, [least, most, what]: [number, number, string]) => {
    const text = String(typed[name]).trim();
    const value = Number(text);
    if (text !== '' && !(value >= least && value <= most)) problems[name] = what;
  };
  const whole = (name: keyof Typed, [least, most, what]: [number, number, string]) => {
    within(name, [least, most, what]);
    if (!Number.isInteger(Number(typed[name]))) problems[name] = what;
  };
  within('temperature', [0, 2, 'From 0 to 2, or nothing.']);
  whole('maxOutputTokens', [1, 200_000, 'A whole number up to 200,000, or nothing.']);
  within('timeoutS', [1, 3_600, 'From 1 to 3,600 seconds, or nothing.']);
  whole('concurrency', [1, 1_000, 'A whole number up to 1,000, or nothing.']);
  if (
    typed.cache &&
    !(Number(typed.cacheFor) > 0 && Number(typed.cacheFor) * units[typed.cacheUnit] <= 366 * units.days)
  )
    problems.cacheFor = 'More than nothing, up to 366 days.';
  if (fallbacksOf(typed).length > 5) problems.fallbacks = 'Five at most.';
  return problems;
}

const fallbacksOf = ({ fallbacks }: Typed): string[] =>
  fallbacks
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** What to store of a filled form; `before` keeps what the form does not show. */
export function settingsOf(typed: Typed, before: ClassSettings): ClassSettings {
  const seconds = numberOf(typed.timeoutS);
  return {
    ...before,
    model: typed.model.trim(),
    fallbacks: fallbacksOf(typed),
    temperature: numberOf(typed.temperature),
    maxOutputTokens: numberOf(typed.maxOutputTokens),
    timeoutMs: seconds === null ? null : Math.round(seconds * 1_000),
    concurrency: numberOf(typed.concurrency),
    batchEndpoint: typed.batchEndpoint,
    cacheMs: typed.cache ? Math.round(Number(typed.cacheFor) * units[typed.cacheUnit]) : null,
  };
}
