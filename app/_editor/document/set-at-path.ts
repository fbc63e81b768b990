import type { Json } from '#nodes/core/json.ts';

type Container = Json[] | { [key: string]: Json };

/**
 * A copy of `root` with `value` at `path`; undefined removes the member or list item there. Containers that are
 * missing on the way are made: a list where the next step is a number, an object otherwise.
 */
export function setAtPath<Root extends Container>(
  root: Root,
  path: readonly (string | number)[],
  value: Json | undefined,
): Root {
  const [head, ...rest] = path;
  if (head === undefined) return root;
  const member = rest.length === 0 ? value : setAtPath(containerAt(root, head, rest[0]), rest, value);
  return (Array.isArray(root) ? withItem(root, Number(head), member) : withMember(root, String(head), member)) as Root;
}

/** The value at `path`, or undefined where there is none. */
export function getAtPath(root: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let value = root;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = Array.isArray(value) ? value[Number(step)] : Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function containerAt(root: Container, head: string | number, next: string | number | undefined): Container {
  const present = getAtPath(root, [head]);
  if (present !== null && typeof present === 'object') return present;
  return typeof next === 'number' ? [] : {};
}

function withItem(list: Json[], index: number, value: Json | undefined): Json[] {
  return value === undefined ? list.toSpliced(index, 1) : list.toSpliced(index, 1, value);
}

function withMember(object: { [key: string]: Json }, key: string, value: Json | undefined): { [key: string]: Json } {
  if (value !== undefined) return { ...object, [key]: value };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
