import type { Json } from '../json.ts';
import type { ObjectType, Type } from '../types.ts';
import { unionOf } from './construct.ts';

const examinedItems = 1_000;

/** The narrowest type of a value that says nothing of its content: `3` is an integer, `"a"` is text. */
export function typeOfValue(value: Json): Type {
  if (value === null) return { type: 'null' };
  switch (typeof value) {
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: Number.isInteger(value) ? 'integer' : 'number' };
    case 'string':
      return { type: 'string' };
    default:
      return Array.isArray(value)
        ? { type: 'array', items: itemsType(value.slice(0, examinedItems).map(typeOfValue)) }
        : objectType(value);
  }
}

function objectType(value: { [key: string]: Json }): ObjectType {
  const properties = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typeOfValue(member)]));
  return { type: 'object', properties, required: Object.keys(properties), additional: null };
}

/** Rows of a table often differ in a member or two; one object type with optional members says it better than a union. */
function itemsType(types: Type[]): Type {
  const objects = types.filter((type) => type.type === 'object');
  return objects.length < 2
    ? unionOf(types)
    : unionOf([mergeObjects(objects), ...types.filter((type) => type.type !== 'object')]);
}

function mergeObjects(objects: ObjectType[]): ObjectType {
  const found = new Map<string, Type[]>();
  for (const { properties } of objects)
    for (const [name, type] of Object.entries(properties)) {
      const known = found.get(name);
      if (known) known.push(type);
      else found.set(name, [type]);
    }
  return {
    type: 'object',
    properties: Object.fromEntries([...found].map(([name, types]) => [name, itemsType(types)])),
    required: [...found].filter(([, types]) => types.length === objects.length).map(([name]) => name),
    additional: null,
  };
}
