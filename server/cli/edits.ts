import type { Json } from '#nodes/core/json.ts';
import { UsageError } from './usage.ts';

export type SetOption = { state: string; path: string; member: string[]; value: Json };

/**
 * Reads `--set node.member=JSON` options; `node@each:3.member` names an iteration, no member the whole output. What is no
 * JSON is text. Errors: UsageError.
 */
export function parseSets(options: readonly string[]): SetOption[] {
  return options.map((option) => {
    const [, state, path = '', member = '', text] =
      option.match(/^([A-Za-z_]\w*)(?:@([\w:/]+))?((?:\.\w+)*)=(.*)$/s) ?? [];
    if (!state || text === undefined)
      throw new UsageError(
        `--set is written as node.member=JSON, for example --set draft.subject='"Hello"', or draft@each:3.subject=… for one item; got "${option}".`,
      );
    return { state, path, member: member === '' ? [] : member.slice(1).split('.'), value: jsonOrText(text) };
  });
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text; // Quotes that a shell has eaten.
  }
}

/** A value with one member of it replaced. */
export function withMember(value: Json, [name, ...rest]: readonly string[], by: Json): Json {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((member, index) => (String(index) === name ? withMember(member, rest, by) : member));
  const object = value !== null && typeof value === 'object' ? value : {};
  return { ...object, [name]: withMember(Object.hasOwn(object, name) ? (object[name] ?? null) : null, rest, by) };
}
