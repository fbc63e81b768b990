import type { ASTNode } from '@marcbachmann/cel-js';
import { costOf, spend } from './budget.ts';
import { leave, operate } from './operators.ts';
import { refuse } from './problem.ts';
import { knownFunction } from './signatures.ts';

/**
 * The library's node as it is, beyond what its types say (version 8.0.0, pinned; prepare.test.ts notices a change):
 * how a node is checked and evaluated is metadata, and macros such as `map` keep what they expand to in `alternate`.
 */
type Raw = {
  op: string;
  args: unknown;
  start: number;
  end: number;
  readonly meta: { alternate?: Raw; macro?: object; check: Check; evaluate: Evaluate };
  setMeta(key: string, value: unknown): Raw;
  handle(...args: unknown[]): unknown;
};
type Checker = { dynType: unknown };
type Evaluator = { run(ast: Raw, ctx: unknown): unknown };
type Check = (checker: Checker, ast: Raw, ctx: unknown) => unknown;
type Evaluate = (evaluator: Evaluator, ast: Raw, ctx: unknown) => unknown;
type Comprehension = {
  iterable: Raw;
  iterVarName: string;
  init: Raw;
  step: Raw;
  condition?: (accumulated: unknown) => boolean;
};

/** Variables are looked up under a prefix, so that an input may be named `type` or `list`, as constants of CEL are. */
export const variablePrefix = '$';

const deepest = 200;

/**
 * Fits a parsed expression to this language, in place. Types are checked by check.ts, so the library takes every
 * part for dynamic. There is one kind of number: integers become doubles, so that `run.input.count / 2` and `5 / 2`
 * divide alike. What may grow is paid for. Refuses what the language leaves out, with where it stands.
 */
export function prepare(ast: ASTNode): void {
  visit(ast as unknown as Raw, 0, new Set());
}

function visit(node: Raw, depth: number, seen: Set<Raw>): void {
  if (seen.has(node)) return;
  seen.add(node);
  if (depth > deepest) refuse('EXPRESSION_SYNTAX', node, 'The expression is nested too deeply. Split it up.');
  const inside = (part: Raw): void => visit(part, depth + 1, seen);
  switch (node.op) {
    case 'value':
      literal(node);
      break;
    case 'id':
      node.args = variablePrefix + (node.args as string);
      break;
    case 'call':
      call(node, inside);
      break;
    case 'rcall':
      method(node, inside);
      break;
    case 'comprehension':
      comprehension(node.args as Comprehension, inside);
      break;
    default:
      for (const part of partsOf(node)) inside(part);
      if (node.op === 'map' || node.op === 'list') dynamic(node);
      if (binaryOperators.has(node.op)) binary(node);
  }
}

function partsOf({ op, args }: Raw): Raw[] {
  switch (op) {
    case '.':
    case '.?':
      return [(args as [Raw])[0]];
    case '!_':
    case '-_':
    case 'accuPush':
      return [args as Raw];
    case 'map':
      return (args as Raw[][]).flat();
    case 'accuValue':
    case 'accuInc':
      return [];
    default:
      return args as Raw[];
  }
}

const binaryOperators = new Set(['==', '!=', 'in', '+', '-', '*', '/', '%', '<', '<=', '>', '>=']);

function dynamic(node: Raw): void {
  const { check } = node.meta;
  node.setMeta('check', (checker: Checker, ast: Raw, ctx: unknown) => {
    check(checker, ast, ctx);
    return checker.dynType;
  });
}

function literal(node: Raw): void {
  if (typeof node.args === 'bigint') node.args = Number(node.args);
  else if (typeof node.args === 'object' && node.args !== null)
    refuse('EXPRESSION_TYPE', node, 'Bytes and unsigned numbers are not used here. Write text or a plain number.');
  dynamic(node);
}

function binary(node: Raw): void {
  dynamic(node);
  node.setMeta('evaluate', (evaluator: Evaluator, ast: Raw & { left: Raw; right: Raw }, ctx: unknown) => {
    const left = evaluator.run(ast.left, ctx);
    const right = evaluator.run(ast.right, ctx);
    const result = operate(ast.op, left, right);
    return result === leave ? ast.handle(left, right, ast, evaluator) : result;
  });
}

function call(node: Raw, inside: (part: Raw) => void): void {
  const [name, args] = node.args as [string, Raw[]];
  args.forEach(inside);
  knownFunction(node, { name, method: false, count: args.length });
  if (node.meta.macro) return;
  dynamic(node);
  node.setMeta('evaluate', (evaluator: Evaluator, ast: Raw, ctx: unknown) => {
    const values = args.map((arg) => paid(evaluator.run(arg, ctx)));
    return plain(ast.handle(values, ast, evaluator));
  });
}

function method(node: Raw, inside: (part: Raw) => void): void {
  const [name, receiver, args] = node.args as [string, Raw, Raw[]];
  const ofOptional = receiver.op === 'id' && receiver.args === 'optional' && (name === 'none' || name === 'of');
  if (!ofOptional) inside(receiver);
  args.forEach(inside);
  knownFunction(node, { name, method: true, count: args.length });
  if (node.meta.alternate) inside(node.meta.alternate);
  if (node.meta.alternate || node.meta.macro || ofOptional) return;
  dynamic(node);
  node.setMeta('evaluate', (evaluator: Evaluator, ast: Raw, ctx: unknown) => {
    const values = [receiver, ...args].map((arg) => paid(evaluator.run(arg, ctx)));
    return plain(ast.handle(values, evaluator, ast));
  });
}

/** Each turn of a loop is paid for. The hook is the condition that the library asks before each turn. */
function comprehension(loop: Comprehension, inside: (part: Raw) => void): void {
  loop.iterVarName = variablePrefix + loop.iterVarName;
  const { condition } = loop;
  loop.condition = (accumulated) => {
    spend(1);
    return condition ? condition(accumulated) : true;
  };
  inside(loop.iterable);
  inside(loop.init);
  inside(loop.step);
}

function paid<Value>(value: Value): Value {
  spend(costOf(value));
  return value;
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
