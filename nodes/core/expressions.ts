import { startBudget } from './cel/budget.ts';
import { checkIn, scopeOf } from './cel/check.ts';
import { type LibraryError, parseExpression, sentenceOf } from './cel/parse.ts';
import { variablePrefix } from './cel/prepare.ts';
import type { ExpressionProblem } from './cel/problem.ts';
import { toJson } from './cel/values.ts';
import { NodeError } from './errors.ts';
import type { Json } from './json.ts';
import type { Type } from './types.ts';

export type { ExpressionCode, ExpressionProblem, Range } from './cel/problem.ts';
export { expressionFunctions } from './cel/signatures.ts';
export { toText } from './cel/values.ts';

export type CheckedExpression = {
  ok: true;
  type: Type;
  /** Members that are read, as paths from a variable: `['nodes', 'draft', 'subject']`. */
  reads: string[][];
};
export type ExpressionCheck = CheckedExpression | ({ ok: false } & ExpressionProblem);

/** Checks an expression over variables of known types. Total: any text gives an answer. */
export function checkExpression(expr: string, scope: Record<string, Type>): ExpressionCheck {
  return checkIn(expr, scopeOf(scope));
}

/**
 * Evaluates an expression over values; the result is plain JSON.
 * Errors: EXPRESSION_FAILED, naming the expression and the cause.
 */
export function evaluate(expr: string, values: { [name: string]: Json }): Json {
  const parsed = parseExpression(expr);
  if (!parsed.ok) throw failed(expr, parsed.problem.message, parsed.problem.range, parsed.problem);
  if (parsed.refused) throw failed(expr, parsed.refused.message, parsed.refused.range, parsed.refused);
  const context: Record<string, Json> = {};
  for (const name of Object.keys(values)) context[variablePrefix + name] = values[name] as Json;
  startBudget();
  try {
    const result: unknown = parsed.run(context);
    return parsed.plain ? (result as Json) : toJson(result);
  } catch (error) {
    throw failed(expr, inWords(sentenceOf(error as LibraryError)), (error as LibraryError).range, error);
  }
}

function failed(expr: string, why: string, range: ExpressionProblem['range'] | undefined, cause: unknown): NodeError {
  return new NodeError('EXPRESSION_FAILED', `The expression ${quoted(expr)} failed: ${why}`, {
    cause,
    details: { expression: expr, ...(range ? { start: range.start, end: range.end } : {}) },
    happened: 'no',
  });
}

const shownCharacters = 200;

function quoted(expr: string): string {
  return `"${expr.length > shownCharacters ? `${expr.slice(0, shownCharacters)}…` : expr}"`;
}

function inWords(summary: string): string {
  const missing = /^No such key: (.*)$/.exec(summary);
  if (missing) return `there is no "${missing[1]}". Use .?${missing[1]} and orValue(…) where it may be absent.`;
  const unknown = /^Unknown variable: \$(.*)$/.exec(summary);
  if (unknown) return `there is no variable "${unknown[1]}".`;
  const unfit = /^no such overload: (.*)$/.exec(summary);
  return unfit ? `${plainTypes(unfit[1] as string)} does not fit; convert one of them.` : summary;
}

const typeNames: Record<string, string> = {
  string: 'text',
  double: 'number',
  bool: 'true or false',
  map: 'object',
  'google.protobuf.Timestamp': 'time',
  'google.protobuf.Duration': 'duration',
};

/** `dyn<string> + dyn<list<double>>` in the operator's words. */
function plainTypes(pair: string): string {
  return pair
    .split(/ (?=[^\w ]|in )(\S+) /)
    .map((part) => part.replace(/^(?:dyn<)?([\w.]+).*$/, (_, name: string) => typeNames[name] ?? name))
    .join(' ');
}
