import type { Type } from '../types.ts';

const shownMembers = 8;
const shownChoices = 6;

/** A type in the operator's words, e.g. `list of text`, `one of "low", "high"`, `object {email, name?}`. */
export function describeType(type: Type, depth = 0): string {
  switch (type.type) {
    case 'any':
      return 'anything';
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    case 'number':
    case 'integer':
      return `${type.type === 'integer' ? 'whole number' : 'number'}${range(type)}`;
    case 'string':
      return describeString(type);
    case 'array':
      return type.items.type === 'any' ? 'list' : `list of ${describeType(type.items, depth + 1)}`;
    case 'object':
      return describeObject(type, depth);
    case 'union':
      return type.of.map((member) => describeType(member, depth + 1)).join(' or ');
  }
}

function range({ minimum, maximum }: { minimum?: number; maximum?: number }): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

function describeString(type: Extract<Type, { type: 'string' }>): string {
  if (type.enum) {
    const shown = type.enum.slice(0, shownChoices).map((choice) => JSON.stringify(choice));
    if (type.enum.length > shownChoices) shown.push('…');
    return shown.length === 1 ? `the text ${shown[0]}` : `one of ${shown.join(', ')}`;
  }
  switch (type.format) {
    case 'email':
      return 'e-mail address';
    case 'date-time':
      return 'date and time';
    case 'uri':
      return 'web address';
    case 'file':
      return 'file';
    case 'multiline':
    case undefined:
      return 'text';
  }
}

function describeObject(type: Extract<Type, { type: 'object' }>, depth: number): string {
  const names = Object.keys(type.properties);
  if (names.length === 0)
    return type.additional && type.additional.type !== 'any'
      ? `object of ${describeType(type.additional, depth + 1)}`
      : 'object';
  if (depth > 1) return 'object';
  const shown = names.slice(0, shownMembers).map((name) => (type.required.includes(name) ? name : `${name}?`));
  if (names.length > shownMembers || type.additional) shown.push('…');
  return `object {${shown.join(', ')}}`;
}
