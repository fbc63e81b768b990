import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Type } from '#nodes/core/types.ts';

const deepest = 8;

/**
 * A plausible value of a type. What a text is like follows from the name that it stands under; what may be absent or
 * null is there. The same type under the same name gives the same value.
 */
export function sampleOf(type: Type, name = '', depth = 0): Json {
  if (depth > deepest) return null;
  switch (type.type) {
    case 'any':
      return textUnder(name);
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'number':
    case 'integer':
      return within(numberUnder(name, type.type), type);
    case 'string':
      return textOf(type, name);
    case 'array': {
      const single = name.replace(/s$/, '');
      return [0, 1].map((index) => varied(sampleOf(type.items, single, depth + 1), index));
    }
    case 'object': {
      const members = Object.entries(type.properties);
      return Object.fromEntries(members.map(([member, of]) => [member, sampleOf(of, member, depth + 1)]));
    }
    case 'union':
      return sampleOf(type.of.find((variant) => variant.type !== 'null') ?? { type: 'null' }, name, depth);
    default: {
      const never: never = type;
      throw new Error(`Not a known type: ${JSON.stringify(never)}`);
    }
  }
}

/** Plausible values of variables. */
export function sampleValues(variables: Record<string, Type>): JsonObject {
  return Object.fromEntries(Object.entries(variables).map(([name, type]) => [name, sampleOf(type, name)]));
}

function textOf(type: Extract<Type, { type: 'string' }>, name: string): Json {
  if (type.enum) return type.enum[0] ?? '';
  switch (type.format) {
    case 'email':
      return 'maria@example.test';
    case 'date-time':
      return '2026-03-02T09:00:00Z';
    case 'uri':
      return 'https://example.test/';
    case 'file':
      return { kind: 'file', id: 'sample', name: 'sample.csv', mime: 'text/csv', bytes: 2_048 };
    case 'multiline':
    case undefined:
      return textUnder(name);
    default: {
      const never: never = type.format;
      throw new Error(`Not a known format: ${String(never)}`);
    }
  }
}

/** Texts by what their name has in it, the first that fits. */
const texts: [RegExp, string][] = [
  [/e?mail|^to$|recipient/i, 'maria@example.test'],
  [/company|customer|account|organi[sz]ation/i, 'Alfreds Futterkiste'],
  [/first.?name/i, 'Maria'],
  [/last.?name|surname/i, 'Anders'],
  [/name|person|author|contact|owner/i, 'Maria Anders'],
  [/subject|title|headline/i, 'Your last order'],
  [/phone|tel/i, '+49 30 0074321'],
  [/city|town/i, 'Berlin'],
  [/country/i, 'Germany'],
  [/url|link|website/i, 'https://example.test/'],
  [/date|time|^at$|since|until|created|updated/i, '2026-03-02T09:00:00Z'],
  [/currency/i, 'EUR'],
  [/language|locale/i, 'en'],
  [/(^|[a-z_])id$|^id|number|code|key/i, 'A-1001'],
  [/status|state/i, 'open'],
  [/message|body|text|summary|note|description|comment|content|answer/i, 'Thank you for your order. It is on its way.'],
];

function textUnder(name: string): string {
  return texts.find(([pattern]) => pattern.test(name))?.[1] ?? (name === '' ? 'some text' : `some ${inWords(name)}`);
}

function inWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

function numberUnder(name: string, kind: 'number' | 'integer'): number {
  if (/index|offset|position/i.test(name)) return 0;
  if (/micros/i.test(name)) return 2_100;
  if (/score|probability|confidence|share|ratio/i.test(name)) return kind === 'integer' ? 1 : 0.82;
  if (/days|hours|count|total|quantity|age|passes/i.test(name)) return 30;
  if (/year/i.test(name)) return 2026;
  return kind === 'integer' ? 3 : 12.5;
}

function within(value: number, { minimum, maximum }: { minimum?: number; maximum?: number }): number {
  const low = minimum === undefined ? value : Math.max(minimum, value);
  return maximum === undefined ? low : Math.min(maximum, low);
}

const others: Record<string, string> = {
  'maria@example.test': 'thomas@example.test',
  'Maria Anders': 'Thomas Hardy',
  'Alfreds Futterkiste': 'Around the Horn',
  Maria: 'Thomas',
  Anders: 'Hardy',
  'A-1001': 'A-1002',
  Berlin: 'London',
  Germany: 'United Kingdom',
};

/** The second item of a list is another one. */
function varied(value: Json, index: number): Json {
  if (index === 0) return value;
  if (typeof value === 'string') return others[value] ?? value;
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, varied(member, index)]));
}
