import type { ASTNode } from '@marcbachmann/cel-js';
import { type Env, record, variableName, withLocal } from './env.ts';
import { contentType, type Expr, either, inWords, mayBeNull, memberOf, variants, withoutNull } from './kinds.ts';
import { oneOf, unknownMember } from './member-types.ts';
import { refuse } from './problem.ts';
import { type Param, type Result, type Signature, signaturesOf } from './signatures.ts';

const any: Expr = { type: 'any' };
const boolean: Expr = { type: 'boolean' };

type Call = ASTNode & { op: 'call' | 'rcall' };

/** The type of `name(…)`. */
export function callType(node: ASTNode & { op: 'call' }, env: Env): Expr {
  const [name, args] = node.args;
  if (name === 'has') return hasType(args[0] as ASTNode, env);
  const types = args.map((arg) => env.check(arg, env));
  return chosen(node, signaturesOf({ name, method: false, count: args.length }), null, types);
}

/** The type of `receiver.name(…)`: a loop, a use of an optional value, or a method. */
export function methodType(node: ASTNode & { op: 'rcall' }, env: Env): Expr {
  const [name, receiver, args] = node.args;
  if (receiver.op === 'id' && receiver.args === 'optional')
    return { type: 'optional', of: args[0] ? env.check(args[0], env) : any };
  switch (name) {
    case 'map':
    case 'filter':
    case 'all':
    case 'exists':
    case 'exists_one':
      return loopType(name, node, env);
    case 'orValue':
    case 'or':
    case 'hasValue':
    case 'value':
      return optionalUse(name, node, env);
    default: {
      const on = env.check(receiver, env);
      const types = args.map((arg) => env.check(arg, env));
      return chosen(node, signaturesOf({ name, method: true, count: args.length }), on, types);
    }
  }
}

/** `has(x.y)`: x must be readable, y may be absent. */
function hasType(node: ASTNode, env: Env): Expr {
  if (node.op !== '.') refuse('EXPRESSION_TYPE', node, 'has takes a member by its name, for example has(nodes.draft).');
  const [objectNode, name] = node.args;
  record(node, env);
  const object = env.check(objectNode, { ...env, reads: new Map() });
  const there = withoutNull(object.type === 'optional' ? object.of : object);
  if (!memberOf(there, name)) unknownMember({ object: there, name, node });
  return boolean;
}

function loopType(name: string, node: ASTNode & { op: 'rcall' }, env: Env): Expr {
  const [, receiver, args] = node.args;
  const over = env.check(receiver, env);
  const inside = withLocal(variableName(args[0] as ASTNode & { op: 'id' }), itemType(over, receiver), env);
  if (name !== 'map' || args.length === 3) {
    const test = env.check(args[1] as ASTNode, inside);
    if (variants(test).some((variant) => variant.type !== 'boolean' && variant.type !== 'any'))
      refuse('EXPRESSION_TYPE', args[1] as ASTNode, `${name} takes a condition; this is ${inWords(test)}.`);
  }
  if (name === 'map') return { type: 'array', items: contentType(env.check(args.at(-1) as ASTNode, inside)) };
  return name === 'filter' ? { type: 'array', items: contentType(itemType(over, receiver)) } : boolean;
}

function itemType(over: Expr, at: ASTNode): Expr {
  const items = variants(over).map((variant): Expr | null => {
    if (variant.type === 'any') return any;
    if (variant.type === 'array') return variant.items;
    return variant.type === 'object' || variant.type === 'scope' ? { type: 'string' } : null;
  });
  const found = items.filter((item) => item !== null);
  if (found.length === items.length) return found.reduce(either);
  const hint = over.type === 'optional' ? 'Add .orValue([]) to it.' : 'Use it on a list or an object.';
  return refuse('EXPRESSION_TYPE', at, `${inWords(over)} has no items to go through. ${hint}`);
}

function optionalUse(name: 'orValue' | 'or' | 'hasValue' | 'value', node: ASTNode & { op: 'rcall' }, env: Env): Expr {
  const [, receiver, args] = node.args;
  const type = env.check(receiver, env);
  const of = type.type === 'optional' ? type.of : any;
  if (type.type !== 'optional' && type.type !== 'any')
    refuse(
      'EXPRESSION_TYPE',
      node,
      `${name} is for what may be absent; this is ${inWords(type)}. Read it with .? first.`,
    );
  if (name === 'hasValue') return boolean;
  if (name === 'value') return of;
  const other = env.check(args[0] as ASTNode, env);
  if (name === 'or') {
    if (other.type === 'optional' || other.type === 'any')
      return { type: 'optional', of: other.type === 'optional' ? oneOf(of, other.of, args[0] as ASTNode) : any };
    refuse(
      'EXPRESSION_TYPE',
      args[0] as ASTNode,
      `or takes another optional value; use orValue for ${inWords(other)}.`,
    );
  }
  return oneOf(of, other, args[0] as ASTNode);
}

/** The result of the first signature that takes these arguments; the receiver comes first, null where there is none. */
function chosen(node: Call, among: Signature[], receiver: Expr | null, args: Expr[]): Expr {
  const fitting = among.find(
    ({ on, params }) =>
      (on === null || (receiver !== null && takes(on, receiver))) &&
      params.every((param, index) => takes(param, args[index] as Expr)),
  );
  if (fitting) return resultOf(fitting, args);
  const given = receiver ? [receiver, ...args] : args;
  const ways = among.map(({ text }) => text).join(' or ');
  return refuse(
    'EXPRESSION_TYPE',
    node,
    `${node.args[0]} does not take ${given.map(inWords).join(', ')}. Use ${ways}.${absenceHint(given)}`,
  );
}

function absenceHint(types: Expr[]): string {
  if (types.some((type) => type.type === 'optional')) return ' What may be absent needs .orValue(…) first.';
  return types.some(mayBeNull) ? ' What may be null needs a test first, for example x == null ? "" : x.' : '';
}

/** Whether a value of a type may stand where a function asks for `param`. */
export function takes(param: Param, type: Expr): boolean {
  return variants(type).every((variant) => takesOne(param, variant));
}

function takesOne(param: Param, type: Expr): boolean {
  if (type.type === 'any') return true;
  const text = type.type === 'string' && type.format !== 'file';
  switch (param) {
    case 'any':
      return type.type !== 'optional';
    case 'text':
      return text;
    case 'number':
      return type.type === 'number' || type.type === 'integer';
    case 'list':
      return type.type === 'array';
    case 'texts':
      return type.type === 'array' && takes('text', type.items);
    case 'object':
      return type.type === 'object' || type.type === 'scope';
    case 'time':
      return type.type === 'time' || text;
    case 'boolean':
    case 'duration':
      return type.type === param;
  }
}

const results: Record<Result, Expr> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean,
  texts: { type: 'array', items: { type: 'string' } },
  time: { type: 'time' },
  duration: { type: 'duration' },
  any,
};

const keepsIntegers = new Set(['abs', 'min', 'max']);

function resultOf({ name, result }: Signature, args: Expr[]): Expr {
  const integers = keepsIntegers.has(name) && args.every((arg) => arg.type === 'integer');
  return integers ? results.integer : results[result];
}
