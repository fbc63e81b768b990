import type { ObjectType, Type } from '../types.ts';
import { members } from './construct.ts';
import { describeType } from './describe.ts';

/** Where one type does not fit another. `at` is the path of the member, '' for the value itself. */
export type Mismatch = { expected: string; got: string; at: string };

/**
 * Whether every value of `from` may be used where `to` is expected; null where it may.
 * Lenient in what only a value can tell and is checked again before a step runs: `any`, ranges and formats of text.
 */
export function assignable(from: Type, to: Type): Mismatch | null {
  return check(from, to, '');
}

function check(from: Type, to: Type, at: string): Mismatch | null {
  if (from === to || to.type === 'any' || from.type === 'any') return null;
  if (from.type === 'union') return firstOf(from.of, (member) => check(member, to, at) && mismatch(from, to, at));
  if (to.type === 'union') return checkUnion(from, to, at);
  switch (to.type) {
    case 'number':
      return from.type === 'number' || from.type === 'integer' ? null : mismatch(from, to, at);
    case 'null':
    case 'boolean':
    case 'integer':
      return from.type === to.type ? null : mismatch(from, to, at);
    case 'string':
      return from.type === 'string' && textFits(from, to) ? null : mismatch(from, to, at);
    case 'array':
      return from.type === 'array' ? check(from.items, to.items, `${at}[]`) : mismatch(from, to, at);
    case 'object':
      return from.type === 'object' ? checkObject(from, to, at) : mismatch(from, to, at);
  }
}

/** Of a union's variants, the only one of the same kind says best what is wrong. */
function checkUnion(from: Type, to: Type, at: string): Mismatch | null {
  let closest: Mismatch | null = null;
  for (const member of members(to)) {
    const found = check(from, member, at);
    if (!found) return null;
    if (member.type === from.type && found.at !== at) closest ??= found;
  }
  return closest ?? mismatch(from, to, at);
}

function textFits(from: Extract<Type, { type: 'string' }>, to: Extract<Type, { type: 'string' }>): boolean {
  if ((from.format === 'file') !== (to.format === 'file')) return false;
  return !to.enum || (from.enum ?? [null]).every((choice) => choice !== null && to.enum?.includes(choice));
}

function checkObject(from: ObjectType, to: ObjectType, at: string): Mismatch | null {
  return firstOf(Object.entries(to.properties), ([name, expected]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const required = to.required.includes(name);
    const got = Object.hasOwn(from.properties, name) ? (from.properties[name] as Type) : from.additional;
    if (!got) return required ? { expected: describeType(expected), got: 'nothing', at: path } : null;
    if (required && !from.required.includes(name))
      return { expected: describeType(expected), got: `${describeType(got)} that may be absent`, at: path };
    return check(got, expected, path);
  });
}

function mismatch(from: Type, to: Type, at: string): Mismatch {
  return { expected: describeType(to), got: describeType(from), at };
}

function firstOf<Item>(items: Item[], find: (item: Item) => Mismatch | null): Mismatch | null {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return null;
}
