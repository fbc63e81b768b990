import type { ASTNode } from '@marcbachmann/cel-js';
import { type Env, pathOf } from './env.ts';
import { isPresent, narrowed } from './facts.ts';
import {
  type Expr,
  either,
  hasMembers,
  inWords,
  isJson,
  mayBeNull,
  memberNames,
  memberOf,
  variants,
  withoutNull,
} from './kinds.ts';
import { type Range, refuse } from './problem.ts';
import { closest, hintFor } from './suggest.ts';

type Access = { object: Expr; name: string; node: ASTNode };

/** The type of `object.name`, which must be there. */
export function memberType({ object, name, node }: Access, env: Env): Expr {
  if (object.type === 'optional') return optionalMemberType({ object, name, node }, env);
  if (mayBeNull(object))
    refuse(
      'EXPRESSION_TYPE',
      node,
      `${written(node, 0)} may be null. Test it first (${written(node, 0)} != null), or write ${written(node, 0)}.?${name}.orValue(…).`,
    );
  const member = memberOf(object, name);
  if (!member) unknownMember({ object, name, node });
  const path = pathOf(node, env);
  if (member.absent && !(path && isPresent(path, env.facts)))
    refuse('EXPRESSION_TYPE', node, {
      message: `${written(node)} may be absent. Write ${written(node, 0)}.?${name}.orValue(…), or test has(${written(node)}) first.`,
      absent: path ?? [],
    });
  return path ? narrowed(member.type, path, env.facts) : member.type;
}

/** The type of `object.?name`, which may be absent or null on the way. */
export function optionalMemberType({ object, name, node }: Access, env: Env): Expr {
  const inner = object.type === 'optional' ? object.of : object;
  const there = withoutNull(inner);
  const member = memberOf(there, name);
  if (!member) unknownMember({ object: there, name, node });
  const path = pathOf(node, env);
  return { type: 'optional', of: path ? narrowed(member.type, path, env.facts) : member.type };
}

/** How a member was written, or what it is a member of. */
function written(node: ASTNode, part?: 0): string {
  const range = part === 0 ? (node.args as [ASTNode])[0] : node;
  return node.input.slice(range.start, range.end);
}

export function unknownMember({ object, name, node }: Access): never {
  const of = written(node, 0);
  if (!hasMembers(object)) {
    const hint = variants(object).some((variant) => variant.type === 'array')
      ? ` Take one item, ${of}[0].${name}, or all, ${of}.map(x, x.${name}).`
      : '';
    return refuse('EXPRESSION_TYPE', node, `${of} is ${inWords(object)}; it has no member ${name}.${hint}`);
  }
  const reason = object.type === 'scope' ? (object.missing?.(name) ?? null) : null;
  if (reason) return refuse('UNKNOWN_VARIABLE', node, reason);
  const names = memberNames(object);
  return refuse('UNKNOWN_VARIABLE', node, {
    message: `There is no "${name}" in ${of}. ${hintFor(name, names)}`,
    ...likely(written(node), name, closest(name, names)),
  });
}

export function unknownVariable(at: Range, name: string, env: Env): never {
  const reason = env.scope.missing?.(name);
  if (reason) return refuse('UNKNOWN_VARIABLE', at, reason.message);
  const names: string[] = [];
  for (let local = env.locals; local; local = local.next) names.push(local.name);
  names.push(...env.scope.names());
  // The commonest slip is a member without what it belongs to.
  const owner = closest(name, names) === null ? names.find((outer) => isMemberOf(outer, name, env)) : undefined;
  const hint = owner === undefined ? hintFor(name, names) : `Did you mean ${owner}.${name}?`;
  return refuse('UNKNOWN_VARIABLE', at, {
    message: `There is no variable ${name} here. ${hint}`,
    ...likely(name, name, owner === undefined ? closest(name, names) : `${owner}.${name}`),
  });
}

/** What was written with another name at its end; nothing where the name stands elsewhere, as in `x["name"]`. */
function likely(text: string, name: string, meant: string | null): { instead?: string } {
  if (meant === null || !text.endsWith(name)) return {};
  return { instead: text.slice(0, -name.length) + meant };
}

function isMemberOf(outer: string, name: string, env: Env): boolean {
  const found = env.scope.get(outer);
  return found !== null && found.type.type !== 'any' && memberOf(found.type, name) !== null;
}

/** The type of a value that is one or the other. A time or what may be absent goes with its like only. */
export function oneOf(a: Expr, b: Expr, at: Range): Expr {
  if (a.type === 'optional' && b.type === 'optional') return { type: 'optional', of: oneOf(a.of, b.of, at) };
  if ((isJson(a) && isJson(b)) || a.type === b.type || a.type === 'any' || b.type === 'any') return either(a, b);
  const hint = a.type === 'optional' || b.type === 'optional' ? 'Add .orValue(…) to it' : 'Convert it with string(x)';
  return refuse('EXPRESSION_TYPE', at, `One value is ${inWords(a)}, the other ${inWords(b)}. ${hint}.`);
}
