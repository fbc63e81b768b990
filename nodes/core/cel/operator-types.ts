import type { Type } from '../types.ts';
import { contentType, type Expr, either, inWords, variants } from './kinds.ts';
import { type Range, refuse } from './problem.ts';

const any: Expr = { type: 'any' };
const number: Expr = { type: 'number' };
const boolean: Expr = { type: 'boolean' };

/** The type of `left op right`. Refuses what would fail or could never be true. */
export function binaryType(op: string, [left, right]: [Expr, Expr], at: Range): Expr {
  if (op === '==' || op === '!=') return equalityType(left, right, at);
  return variants(left)
    .flatMap((a) => variants(right).map((b) => (op === 'in' ? membership(a, b) : arithmetic(op, a, b))))
    .map((found) => found ?? refuse('EXPRESSION_TYPE', at, misfit(op, left, right)))
    .reduce(either);
}

function misfit(op: string, left: Expr, right: Expr): string {
  const pair = `${inWords(left)} ${op} ${inWords(right)} does not fit`;
  for (const side of [left, right]) {
    if (side.type === 'optional') return `${pair}: one may be absent. Add .orValue(…) to it.`;
    if (variants(side).some((variant) => variant.type === 'null'))
      return `${pair}: one may be null. Test it first, for example x == null ? "" : x.`;
  }
  const kinds = [...variants(left), ...variants(right)].map((variant) => variant.type);
  if (op === '+' && kinds.includes('string'))
    return `${pair}. Convert with string(x), or use double(x) to add numbers.`;
  return `${pair}. Convert one of them, for example with double(x) or string(x).`;
}

function membership(value: Expr, within: Expr): Expr | null {
  if (within.type === 'any' || value.type === 'any') return boolean;
  if (within.type === 'array') return overlap(value, within.items) ? boolean : null;
  return (within.type === 'object' || within.type === 'scope') && value.type === 'string' ? boolean : null;
}

function isNumber(expr: Expr): boolean {
  return expr.type === 'number' || expr.type === 'integer';
}

function isText(expr: Expr): boolean {
  return expr.type === 'string' && expr.format !== 'file';
}

const usable = new Set(['any', 'number', 'integer', 'string', 'array', 'time', 'duration']);

function arithmetic(op: string, a: Expr, b: Expr): Expr | null {
  if (a.type === 'any' || b.type === 'any') {
    const other = a.type === 'any' ? b : a;
    if (!usable.has(other.type) || (other.type === 'string' && !isText(other))) return null;
    return isComparison(op) ? boolean : withAny(op, other);
  }
  if (isNumber(a) && isNumber(b)) return isComparison(op) ? boolean : numeric(op, a, b);
  if (isComparison(op)) return (isText(a) && isText(b)) || (isMoment(a) && a.type === b.type) ? boolean : null;
  if (op === '+' && isText(a) && isText(b)) return { type: 'string' };
  if (op === '+' && a.type === 'array' && b.type === 'array')
    return { type: 'array', items: contentType(either(a.items, b.items)) };
  return moments(op, a, b);
}

function isComparison(op: string): boolean {
  return op === '<' || op === '<=' || op === '>' || op === '>=';
}

function isMoment(expr: Expr): boolean {
  return expr.type === 'time' || expr.type === 'duration';
}

function numeric(op: string, a: Expr, b: Expr): Expr {
  return op !== '/' && a.type === 'integer' && b.type === 'integer' ? { type: 'integer' } : number;
}

/** What comes of an operand whose type nobody knows. */
function withAny(op: string, other: Expr): Expr | null {
  if (op !== '+' && op !== '-') return isNumber(other) || other.type === 'any' ? number : null;
  if (isMoment(other) || other.type === 'any') return any;
  if (isNumber(other)) return number;
  if (op === '-') return null;
  return other.type === 'array' ? { type: 'array', items: any as Type } : { type: 'string' };
}

function moments(op: string, a: Expr, b: Expr): Expr | null {
  const pair = `${a.type} ${op} ${b.type}`;
  switch (pair) {
    case 'time - time':
    case 'duration + duration':
    case 'duration - duration':
      return { type: 'duration' };
    case 'time + duration':
    case 'time - duration':
    case 'duration + time':
      return { type: 'time' };
    default:
      return null;
  }
}

function equalityType(left: Expr, right: Expr, at: Range): Expr {
  for (const side of [left, right])
    if (side.type === 'optional')
      refuse('EXPRESSION_TYPE', at, `${inWords(side)} is compared. Add .orValue(…) to it, or test .hasValue().`);
  if (!overlap(left, right))
    refuse(
      'EXPRESSION_TYPE',
      at,
      `${inWords(left)} and ${inWords(right)} are never equal. Compare values of the same type.`,
    );
  return boolean;
}

/** Whether a value of one type may equal one of the other. With null itself everything may be compared. */
function overlap(left: Expr, right: Expr): boolean {
  if (left.type === 'null' || right.type === 'null') return true;
  return variants(left).some((a) => variants(right).some((b) => overlapOne(a, b)));
}

function overlapOne(a: Expr, b: Expr): boolean {
  if (a.type === 'any' || b.type === 'any') return true;
  if (isNumber(a) && isNumber(b)) return true;
  if (a.type === 'string' && b.type === 'string') {
    if (isText(a) !== isText(b)) return false;
    return !a.enum || !b.enum || a.enum.some((choice) => b.enum?.includes(choice));
  }
  if ((a.type === 'object' && b.type === 'string') || (a.type === 'string' && b.type === 'object'))
    return !isText(a) && !isText(b);
  return a.type === b.type;
}
