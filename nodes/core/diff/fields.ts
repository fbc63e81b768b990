import type { Json } from '../json.ts';

/** One member that differs. Undefined stands for none: a member that came or went. */
export type FieldChange = { path: string; before: Json | undefined; after: Json | undefined };

/** Whether two JSON values are the same, whatever the order of their members. */
export function sameJson(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) return false;
  const names = Object.keys(before);
  return (
    names.length === Object.keys(after).length &&
    names.every((name) => Object.hasOwn(after, name) && sameJson(before[name], after[name]))
  );
}

/**
 * Where two values differ, by the path of the smallest member that does: `config.rules[0].when`. Lists are compared from
 * both ends, so that an item put in or taken out is one change.
 */
export function fieldChanges(path: string, before: unknown, after: unknown): FieldChange[] {
  if (sameJson(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(path, before, after);
  if (isRecord(before) && isRecord(after)) return memberChanges(path, before, after);
  return [{ path, before: before as Json | undefined, after: after as Json | undefined }];
}

function memberChanges(path: string, before: Container, after: Container): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) =>
    fieldChanges(path === '' ? name : `${path}.${name}`, own(before, name), own(after, name)),
  );
}

function listChanges(path: string, before: unknown[], after: unknown[]): FieldChange[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && sameJson(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && sameJson(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const [left, right] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    fieldChanges(`${path}[${head + index}]`, left[index], right[index]),
  ).flat();
}

type Container = Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return value !== null && typeof value === 'object';
}

function isRecord(value: unknown): value is Container {
  return isContainer(value) && !Array.isArray(value);
}

function own(record: Container, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
