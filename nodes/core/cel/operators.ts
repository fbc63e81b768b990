import { costOf, made, spend } from './budget.ts';
import { isDuration, isPlain } from './values.ts';

/** Stands for: these operands are the library's business. */
export const leave = Symbol('leave');

/**
 * Operators over JSON values: one kind of number, equality by content, `in` over lists of mixed values.
 * Times and durations are left to the library, as is every wrong pair of operands, which it refuses.
 */
export function operate(op: string, left: unknown, right: unknown): unknown {
  spend(costOf(left) + costOf(right));
  switch (op) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case 'in':
      return contains(left, right);
    case '+':
      return add(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(op, left, right);
    default:
      return typeof left === 'number' && typeof right === 'number' ? calculate(op, left, right) : leave;
  }
}

function calculate(op: string, left: number, right: number): number {
  if (op === '-') return left - right;
  if (op === '*') return left * right;
  if (right === 0) throw new Error('division by zero.');
  return op === '/' ? left / right : left % right;
}

function add(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return made(left + right);
  return Array.isArray(left) && Array.isArray(right) ? [...left, ...right] : leave;
}

function compare(op: string, left: unknown, right: unknown): unknown {
  const texts = typeof left === 'string' && typeof right === 'string';
  if (!texts && !(typeof left === 'number' && typeof right === 'number')) return leave;
  const [a, b] = [left, right] as [number, number];
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '>' ? a > b : a >= b;
}

function contains(value: unknown, within: unknown): unknown {
  if (Array.isArray(within)) return within.some((item) => equal(value, item));
  if (typeof value !== 'string' || typeof within !== 'object' || within === null || !isPlain(within)) return leave;
  return Object.hasOwn(within, value);
}

/** Whether two values have the same content. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  spend(1);
  if (Array.isArray(left) || Array.isArray(right))
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => equal(item, right[index]))
    );
  if (left instanceof Date || right instanceof Date)
    return left instanceof Date && right instanceof Date && left.getTime() === right.getTime();
  if (isDuration(left) || isDuration(right)) return isDuration(left) && isDuration(right) && `${left}` === `${right}`;
  return isPlain(left) && isPlain(right) && sameMembers(left, right);
}

function sameMembers(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(left[name], right[name]))
  );
}
