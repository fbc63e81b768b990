import type { Json } from '../json.ts';
import type { ObjectType, Type } from '../types.ts';
import { describeType } from './describe.ts';

/** Where a value does not fit a type. `path` is the path of the member, '' for the value itself. */
export type ValueProblem = { path: string; expected: string; got: string };

/** Whether a value is one of a type's; null where it is. Members that the type does not name are allowed. */
export function checkValue(type: Type, value: Json): ValueProblem | null {
  return check(type, value, '');
}

function check(type: Type, value: Json, path: string): ValueProblem | null {
  switch (type.type) {
    case 'any':
      return null;
    case 'null':
      return value === null ? null : problem(type, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? null : problem(type, value, path);
    case 'number':
    case 'integer':
      return numberFits(type, value) ? null : problem(type, value, path);
    case 'string':
      return textFits(type, value) ? null : problem(type, value, path);
    case 'array':
      return Array.isArray(value) ? checkItems(type.items, value, path) : problem(type, value, path);
    case 'object':
      return isObject(value) ? checkMembers(type, value, path) : problem(type, value, path);
    case 'union':
      return checkUnion(type, value, path);
  }
}

/** The only variant that the value resembles says best what is wrong. */
function checkUnion(type: Extract<Type, { type: 'union' }>, value: Json, path: string): ValueProblem | null {
  let closest: ValueProblem | null = null;
  for (const member of type.of) {
    const found = check(member, value, path);
    if (!found) return null;
    if (found.path !== path) closest ??= found;
  }
  return closest ?? problem(type, value, path);
}

function checkItems(items: Type, value: Json[], path: string): ValueProblem | null {
  for (let index = 0; index < value.length; index++) {
    const found = check(items, value[index] as Json, `${path}[${index}]`);
    if (found) return found;
  }
  return null;
}

function checkMembers(type: ObjectType, value: { [key: string]: Json }, path: string): ValueProblem | null {
  for (const [name, expected] of Object.entries(type.properties)) {
    const at = path === '' ? name : `${path}.${name}`;
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    const found =
      member !== undefined
        ? check(expected, member, at)
        : type.required.includes(name)
          ? { path: at, expected: describeType(expected), got: 'nothing' }
          : null;
    if (found) return found;
  }
  return type.additional ? checkAdditional(type, type.additional, { value, path }) : null;
}

function checkAdditional(
  type: ObjectType,
  additional: Type,
  { value, path }: { value: { [key: string]: Json }; path: string },
): ValueProblem | null {
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(type.properties, name)) continue;
    const found = check(additional, value[name] as Json, path === '' ? name : `${path}.${name}`);
    if (found) return found;
  }
  return null;
}

function numberFits(type: { type: string; minimum?: number; maximum?: number }, value: Json): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (type.type === 'integer' && !Number.isInteger(value)) return false;
  return value >= (type.minimum ?? -Infinity) && value <= (type.maximum ?? Infinity);
}

const longestAddress = 254;
const emailPattern = /^[^\s@]+@[^\s@]+$/;
const dateTimePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function textFits(type: Extract<Type, { type: 'string' }>, value: Json): boolean {
  if (type.format === 'file') return isFile(value);
  if (typeof value !== 'string' || (type.enum && !type.enum.includes(value))) return false;
  switch (type.format) {
    case 'email':
      return value.length <= longestAddress && emailPattern.test(value);
    case 'date-time':
      return dateTimePattern.test(value) && !Number.isNaN(Date.parse(value));
    case 'uri':
      return URL.canParse(value);
    case 'multiline':
    case undefined:
      return true;
  }
}

function isFile(value: Json): boolean {
  return isObject(value) && value.kind === 'file' && typeof value.id === 'string' && typeof value.name === 'string';
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problem(type: Type, value: Json, path: string): ValueProblem {
  return { path, expected: describeType(type), got: describeValue(value) };
}

const shownCharacters = 60;

/** A value as a message quotes it: short, and only the kind of what has members. */
export function describeValue(value: Json): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value);
}
