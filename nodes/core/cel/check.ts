import type { ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionCheck } from '../expressions.ts';
import type { Type } from '../types.ts';
import { callType, methodType } from './calls.ts';
import { type Env, pathOf, record, staticName, variableName, withLocal } from './env.ts';
import { both, eitherOf, type Fact, narrowed, negated, nothingKnown, type Truths } from './facts.ts';
import { contentType, type Expr, either, inWords, resultType, type Scope, variants, withoutNull } from './kinds.ts';
import { memberType, oneOf, optionalMemberType, unknownVariable } from './member-types.ts';
import { binaryType } from './operator-types.ts';
import { parseExpression } from './parse.ts';
import { ProblemFound, refuse } from './problem.ts';

export { scopeOf } from './kinds.ts';

const boolean: Expr = { type: 'boolean' };

/** Checks an expression over a scope. Total: any text gives an answer. */
export function checkIn(expr: string, scope: Scope): ExpressionCheck {
  const parsed = parseExpression(expr);
  if (!parsed.ok) return { ok: false, ...parsed.problem };
  const env: Env = { scope, locals: null, facts: [], reads: new Map(), check };
  try {
    const type = resultType(check(parsed.ast, env));
    if (parsed.refused) return { ok: false, ...parsed.refused };
    return { ok: true, type, reads: [...env.reads.values()] };
  } catch (error) {
    if (error instanceof ProblemFound) return { ok: false, ...error.problem };
    throw error;
  }
}

/** A variable of a loop around a part of an expression. */
export type LoopVariable = { name: string; type: Expr };

/**
 * The type of what stands before a cursor, as it is within a larger expression: a time is no text there, and what may
 * be absent is told apart. Members that may be absent are read as if they were there. Null: it cannot be read.
 */
export function partType(expr: string, scope: Scope, locals: readonly LoopVariable[] = []): Expr | null {
  const parsed = parseExpression(expr);
  if (!parsed.ok) return null;
  const facts: Fact[] = [];
  const outer: Env = { scope, locals: null, facts, reads: new Map(), check };
  const env = locals.reduce((around, { name, type }) => withLocal(name, type, around), outer);
  for (;;) {
    try {
      return check(parsed.ast, env);
    } catch (error) {
      if (!(error instanceof ProblemFound)) throw error;
      const { absent } = error.problem;
      const again = absent?.join('\n');
      if (!absent?.[0] || facts.some(({ path }) => path.join('\n') === again)) return null;
      facts.push({ kind: 'present', path: absent });
    }
  }
}

/** The type of a part of an expression; notes which members it reads. */
function check(node: ASTNode, env: Env): Expr {
  record(node, env);
  return typeOf(node, env);
}

function typeOf(node: ASTNode, env: Env): Expr {
  switch (node.op) {
    case 'value':
      return literalType(node.args);
    case 'id':
      return variable(node, env);
    case '.':
    case '[]':
      return access(node, env);
    case '.?':
    case '[?]':
      return optionalAccess(node, env);
    case 'call':
      return callType(node, env);
    case 'rcall':
      return methodType(node, env);
    case 'list':
      return {
        type: 'array',
        items: node.args.map((item) => contentType(check(item, env))).reduce(joined, { type: 'any' }),
      };
    case 'map':
      return mapType(node.args, env);
    case '?:':
      return conditional(node.args, env);
    case '&&':
    case '||':
      return logical(node, env);
    case '!_':
      return condition(node.args, env);
    case '-_':
      return binaryType('-', [{ type: 'integer' }, check(node.args, env)], node);
    default:
      return binaryType(node.op, [check(node.args[0], env), check(node.args[1], env)], node);
  }
}

function joined(known: Type, next: Type, index: number): Type {
  return index === 0 ? next : (either(known, next) as Type);
}

function literalType(value: unknown): Expr {
  if (value === null) return { type: 'null' };
  if (typeof value === 'boolean') return boolean;
  if (typeof value === 'string') return { type: 'string', enum: [value] };
  return { type: Number.isInteger(value) ? 'integer' : 'number' };
}

function variable(node: ASTNode & { op: 'id' }, env: Env): Expr {
  const name = variableName(node);
  for (let local = env.locals; local; local = local.next) if (local.name === name) return local.type;
  const found = env.scope.get(name);
  if (!found) unknownVariable(node, name, env);
  return narrowed(found.type, [name], env.facts);
}

/** The object of an access: where both are one path, only the whole path counts as read. */
function objectType(node: ASTNode & { op: '.' | '.?' | '[]' | '[?]' }, env: Env): Expr {
  return pathOf(node, env) ? typeOf(node.args[0], env) : check(node.args[0], env);
}

function access(node: ASTNode & { op: '.' | '[]' }, env: Env): Expr {
  const object = objectType(node, env);
  const name = staticName(node);
  return name === null ? indexType(object, node, env) : memberType({ object, name, node }, env);
}

function optionalAccess(node: ASTNode & { op: '.?' | '[?]' }, env: Env): Expr {
  const object = objectType(node, env);
  const name = staticName(node);
  if (name !== null) return optionalMemberType({ object, name, node }, env);
  return { type: 'optional', of: indexType(withoutNull(object.type === 'optional' ? object.of : object), node, env) };
}

function indexType(object: Expr, node: ASTNode & { op: '.' | '.?' | '[]' | '[?]' }, env: Env): Expr {
  const key = check(node.args[1] as ASTNode, env);
  if (object.type === 'optional') return { type: 'optional', of: indexType(object.of, node, env) };
  const types = variants(object).map((variant) => indexOne(variant, key));
  const found = types.filter((type) => type !== null);
  if (found.length < types.length)
    refuse(
      'EXPRESSION_TYPE',
      node,
      `${inWords(object)} has no place [${inWords(key)}]. A list takes a number, an object a text.`,
    );
  return found.reduce(either);
}

function indexOne(object: Expr, key: Expr): Expr | null {
  const numeric = key.type === 'integer' || key.type === 'number' || key.type === 'any';
  const text = key.type === 'string' || key.type === 'any';
  if (object.type === 'any') return numeric || text ? object : null;
  if (object.type === 'array') return numeric ? object.items : null;
  if (object.type !== 'object' || !text) return null;
  const types: Expr[] = Object.values(object.properties);
  if (object.additional) types.push(object.additional);
  return types.length === 0 ? { type: 'any' } : types.reduce(either);
}

/** Names by which JavaScript reaches what is no member; the library drops them without a word. */
const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);

function mapType(entries: [ASTNode, ASTNode][], env: Env): Expr {
  const properties: Record<string, Type> = {};
  let additional: Type | null = null;
  for (const [key, value] of entries) {
    const keyType = check(key, env);
    const type = contentType(check(value, env));
    if (keyType.type !== 'string' && keyType.type !== 'any')
      refuse('EXPRESSION_TYPE', key, `The name of a member is text; this is ${inWords(keyType)}. Put it in quotes.`);
    if (key.op === 'value' && refusedNames.has(String(key.args)))
      refuse('EXPRESSION_TYPE', key, `The name ${String(key.args)} is not allowed for a member. Choose another.`);
    if (key.op === 'value') properties[String(key.args)] = type;
    else additional = additional ? (either(additional, type) as Type) : type;
  }
  return { type: 'object', properties, required: Object.keys(properties), additional };
}

/** A part that must be true or false. */
function condition(node: ASTNode, env: Env): Expr {
  const type = check(node, env);
  if (variants(type).every((variant) => variant.type === 'boolean' || variant.type === 'any')) return boolean;
  const hint = type.type === 'optional' ? 'Add .orValue(false) to it' : 'Compare it, for example with ==';
  return refuse('EXPRESSION_TYPE', node, `A condition is true or false; this is ${inWords(type)}. ${hint}.`);
}

function conditional([test, yes, no]: [ASTNode, ASTNode, ASTNode], env: Env): Expr {
  condition(test, env);
  const known = truths(test, env);
  return oneOf(
    check(yes, { ...env, facts: [...env.facts, ...known.yes] }),
    check(no, { ...env, facts: [...env.facts, ...known.no] }),
    no,
  );
}

function logical({ op, args: [left, right] }: { op: '&&' | '||'; args: [ASTNode, ASTNode] }, env: Env): Expr {
  condition(left, env);
  const known = truths(left, env);
  return condition(right, { ...env, facts: [...env.facts, ...(op === '&&' ? known.yes : known.no)] });
}

/** What a condition tells of members, where it is true and where it is false. */
function truths(node: ASTNode, env: Env): Truths {
  switch (node.op) {
    case '!_':
      return negated(truths(node.args, env));
    case '&&':
      return both(truths(node.args[0], env), truths(node.args[1], env));
    case '||':
      return eitherOf(truths(node.args[0], env), truths(node.args[1], env));
    case 'call':
      return node.args[0] === 'has' ? presence(pathOf(node.args[1][0] as ASTNode, env)) : nothingKnown;
    case 'in': {
      const [name, object] = node.args;
      const path = name.op === 'value' && typeof name.args === 'string' ? pathOf(object, env) : null;
      return path ? presence([...path, name.args as string]) : nothingKnown;
    }
    case '!=':
      return nullTest(node.args, env);
    case '==':
      return negated(nullTest(node.args, env));
    default:
      return nothingKnown;
  }
}

function presence(path: string[] | null): Truths {
  return path ? { yes: [{ kind: 'present', path }], no: [{ kind: 'absent', path }] } : nothingKnown;
}

function nullTest([left, right]: [ASTNode, ASTNode], env: Env): Truths {
  const isNull = (node: ASTNode): boolean => node.op === 'value' && node.args === null;
  const path = isNull(right) ? pathOf(left, env) : isNull(left) ? pathOf(right, env) : null;
  return path ? { yes: [{ kind: 'not-null', path }], no: [] } : nothingKnown;
}
