import { describeType, nullable, type ObjectType, type Type, unionOf } from '../types.ts';

/** Where names are looked up, such as `nodes`: computed when asked, because a graph may have thousands. */
export type Scope = {
  type: 'scope';
  get: (name: string) => { type: Expr; required: boolean } | null;
  names: () => string[];
  /** Why a name that exists elsewhere is not there. `absent`: its path, where the reason is when things run. */
  missing?: (name: string) => { message: string; absent?: string[] } | null;
};

/** The type of a part of an expression: that of a JSON value, or of what lives only within expressions. */
export type Expr = Type | { type: 'time' } | { type: 'duration' } | { type: 'optional'; of: Expr } | Scope;

/** A scope of variables whose types are known. */
export function scopeOf(types: Record<string, Type>): Scope {
  return {
    type: 'scope',
    get: (name) => (Object.hasOwn(types, name) ? { type: types[name] as Type, required: true } : null),
    names: () => Object.keys(types),
  };
}

export function isJson(expr: Expr): expr is Type {
  return expr.type !== 'time' && expr.type !== 'duration' && expr.type !== 'optional' && expr.type !== 'scope';
}

/** The variants of a union, else the type itself. */
export function variants(expr: Expr): Expr[] {
  return expr.type === 'union' ? expr.of : [expr];
}

/** The type of a value that is one of two. */
export function either(a: Expr, b: Expr): Expr {
  if (isJson(a) && isJson(b)) return unionOf([a, b]);
  return a.type === b.type ? a : { type: 'any' };
}

/** The type of what remains when the expression ends: times and durations become text, an absent optional null. */
export function resultType(expr: Expr): Type {
  if (isJson(expr)) return expr;
  switch (expr.type) {
    case 'time':
      return { type: 'string', format: 'date-time' };
    case 'duration':
      return { type: 'string' };
    case 'optional':
      return nullable(resultType(expr.of));
    case 'scope':
      return { type: 'any' };
  }
}

/** The type as the content of a list or an object literal, where only JSON is told apart. */
export function contentType(expr: Expr): Type {
  return isJson(expr) ? expr : { type: 'any' };
}

export function inWords(expr: Expr): string {
  if (isJson(expr)) return describeType(expr);
  switch (expr.type) {
    case 'time':
      return 'a time';
    case 'duration':
      return 'a duration';
    case 'optional':
      return `${inWords(expr.of)} that may be absent`;
    case 'scope':
      return 'object';
  }
}

const fileMembers: ObjectType = {
  type: 'object',
  properties: {
    kind: { type: 'string', enum: ['file'] },
    id: { type: 'string' },
    name: { type: 'string' },
    mime: { type: 'string' },
    bytes: { type: 'integer' },
  },
  required: ['kind', 'id', 'name', 'mime', 'bytes'],
  additional: null,
};

/** A file is an object with members; every other type is as it says. */
function objectOf(expr: Expr): Expr {
  return expr.type === 'string' && expr.format === 'file' ? fileMembers : expr;
}

export type Member = { type: Expr; absent: boolean };

/** A member by its name; null where no variant has it. `absent`: the value may lack it. */
export function memberOf(of: Expr, name: string): Member | null {
  const type = objectOf(of);
  switch (type.type) {
    case 'any':
      return { type, absent: false };
    case 'object': {
      if (Object.hasOwn(type.properties, name))
        return { type: type.properties[name] as Type, absent: !type.required.includes(name) };
      // Columns of a table that nobody listed are read like others; a missing one fails with its name.
      return type.additional ? { type: type.additional, absent: false } : null;
    }
    case 'scope': {
      const found = type.get(name);
      return found ? { type: found.type, absent: !found.required } : null;
    }
    case 'union': {
      const found = type.of.map((variant) => memberOf(variant, name));
      const there = found.filter((member) => member !== null);
      if (there.length === 0) return null;
      const absent = there.length < found.length || there.some((member) => member.absent);
      return { type: there.map((member) => member.type).reduce(either), absent };
    }
    default:
      return null;
  }
}

/** Names of the members, for a message. */
export function memberNames(of: Expr): string[] {
  const type = objectOf(of);
  if (type.type === 'scope') return type.names();
  if (type.type === 'union') return [...new Set(type.of.flatMap(memberNames))];
  return type.type === 'object' ? Object.keys(type.properties) : [];
}

/** Whether there can be members at all: then a missing one is a slip, not a wrong kind of value. */
export function hasMembers(of: Expr): boolean {
  return variants(of).some((variant) => ['object', 'scope'].includes(objectOf(variant).type));
}

/** Without null among its variants. */
export function withoutNull(expr: Expr): Expr {
  if (expr.type !== 'union') return expr;
  return unionOf(expr.of.filter((variant) => variant.type !== 'null'));
}

export function mayBeNull(expr: Expr): boolean {
  return variants(expr).some((variant) => variant.type === 'null');
}
