import { Optional } from '@marcbachmann/cel-js';
import type { Json } from '../json.ts';
import { evaluationLimits } from './budget.ts';

type DurationLike = { seconds: bigint; nanos: number; toString(): string };

/** A duration of the expression library, which does not export its class. */
export function isDuration(value: unknown): value is DurationLike {
  return typeof value === 'object' && value !== null && 'nanos' in value && 'seconds' in value && !isPlain(value);
}

/** An object as JSON has it, not an instance of a class. */
export function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * What an expression gave, as JSON: an absent optional is null, a time is ISO text, a duration is text such as `90s`.
 * Throws for what JSON cannot hold, a division by zero for example.
 */
export function toJson(value: unknown, depth = 0): Json {
  if (depth > evaluationLimits.depth) throw new Error('the value is nested too deeply.');
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`the number is ${value}; is something divided by zero?`);
      return value;
    case 'object':
      return value === null ? null : objectToJson(value, depth);
    default:
      throw new Error(`it gives a ${typeof value}, which cannot be stored.`);
  }
}

function objectToJson(value: object, depth: number): Json {
  if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1));
  if (value instanceof Optional) return value.hasValue() ? toJson(value.value(), depth) : null;
  if (value instanceof Date) return value.toISOString();
  if (isDuration(value)) return value.toString();
  if (!isPlain(value)) throw new Error('it gives a value that cannot be stored.');
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member, depth + 1)]));
}

/** A value as it stands in a text: text as it is, numbers plain, null as nothing, lists and objects as JSON. */
export function toText(value: unknown): string {
  const json = toJson(value);
  if (json === null) return '';
  return typeof json === 'string' ? json : JSON.stringify(json);
}
