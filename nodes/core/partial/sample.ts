import type { Json } from '../json.ts';
import type { Type } from '../types.ts';

/** A value of a type, to begin with where there is no real one. What has no natural value is empty text, zero or nothing. */
export function sampleOf(type: Type): Json {
  switch (type.type) {
    case 'any':
    case 'null':
      return null;
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return Math.min(Math.max(0, type.minimum ?? 0), type.maximum ?? Number.POSITIVE_INFINITY);
    case 'string':
      return type.enum?.[0] ?? textOf(type.format);
    case 'array':
      return [sampleOf(type.items)];
    case 'object':
      return Object.fromEntries(Object.entries(type.properties).map(([name, member]) => [name, sampleOf(member)]));
    case 'union':
      return sampleOf(type.of.find((each) => each.type !== 'null') ?? { type: 'null' });
  }
}

function textOf(format: Extract<Type, { type: 'string' }>['format']): Json {
  switch (format) {
    case 'email':
      return 'maria@example.com';
    case 'date-time':
      return '2026-01-01T09:00:00Z';
    case 'uri':
      return 'https://example.com';
    case 'file':
      return { kind: 'file', id: '', name: '', mime: '', bytes: 0 };
    case 'multiline':
    case undefined:
      return '';
  }
}
