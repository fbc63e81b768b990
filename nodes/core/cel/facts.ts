import { type ObjectType, type Type, unionOf } from '../types.ts';
import type { Expr } from './kinds.ts';

/** What a condition tells of a member: `has(x.y)` that it is present, `x.y != null` that it is not null. */
export type Fact = { kind: 'present' | 'absent' | 'not-null'; path: string[] };

/** Facts that hold where a condition is true, and where it is false. */
export type Truths = { yes: Fact[]; no: Fact[] };

export const nothingKnown: Truths = { yes: [], no: [] };

export function both(a: Truths, b: Truths): Truths {
  return { yes: [...a.yes, ...b.yes], no: [] };
}

export function eitherOf(a: Truths, b: Truths): Truths {
  return { yes: [], no: [...a.no, ...b.no] };
}

export function negated({ yes, no }: Truths): Truths {
  return { yes: no, no: yes };
}

function begins(path: string[], prefix: string[]): boolean {
  return prefix.length <= path.length && prefix.every((name, index) => path[index] === name);
}

/** Whether the member is known to be there: it, or a member of it, was tested. */
export function isPresent(path: string[], facts: Fact[]): boolean {
  return facts.some((fact) => fact.kind !== 'absent' && begins(fact.path, path));
}

/** The type of a member after what is known of it and of its own members. */
export function narrowed(type: Expr, path: string[], facts: Fact[]): Expr {
  if (type.type !== 'union' || facts.length === 0) return type;
  const about = facts.filter((fact) => begins(fact.path, path));
  const notNull = about.some((fact) =>
    fact.path.length === path.length ? fact.kind === 'not-null' : fact.kind !== 'absent',
  );
  const kept = type.of.filter((variant) => {
    if (variant.type === 'null') return !notNull;
    return variant.type !== 'object' || about.every((fact) => agrees(variant, fact, path.length));
  });
  return kept.length === 0 ? type : unionOf(kept as Type[]);
}

function agrees(variant: ObjectType, fact: Fact, depth: number): boolean {
  const name = fact.path[depth];
  if (name === undefined) return true;
  if (fact.kind === 'absent') return fact.path.length > depth + 1 || !variant.required.includes(name);
  return Object.hasOwn(variant.properties, name) || variant.additional !== null;
}
