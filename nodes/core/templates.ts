import { NodeError } from './errors.ts';
import {
  checkExpression,
  type ExpressionCheck,
  type ExpressionProblem,
  evaluate,
  type Range,
  toText,
} from './expressions.ts';
import type { Json } from './json.ts';
import { parseTemplate } from './template-parts.ts';
import type { Type } from './types.ts';

export { type ParsedTemplate, parseTemplate, type TemplatePart } from './template-parts.ts';

/**
 * Checks every expression of a template with `check`, for example `(expr) => checkExpression(expr, scope)`.
 * What may be absent or null is allowed as the value of an expression: it becomes nothing.
 */
export function checkTemplate(
  template: string,
  check: (expr: string) => ExpressionCheck,
): { ok: true; reads: string[][] } | ({ ok: false } & ExpressionProblem) {
  const parsed = parseTemplate(template);
  if (!parsed.ok) return parsed;
  const reads = new Map<string, string[]>();
  for (const part of parsed.parts) {
    if (part.kind === 'text') continue;
    const checked = check(part.expr);
    if (!checked.ok) return { ...checked, range: moved(checked.range, part.range.start) };
    for (const path of checked.reads) reads.set(path.join('\n'), path);
  }
  return { ok: true, reads: [...reads.values()] };
}

/** What is wrong with a template over variables of known types, or null. */
export function templateProblem(template: string, variables: Record<string, Type>): string | null {
  const checked = checkTemplate(template, (expr) => checkExpression(expr, variables));
  return checked.ok ? null : checked.message;
}

function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

/**
 * Fills in a template: text as it is, numbers plain, null and absent values as nothing, lists and objects as JSON.
 * Errors: EXPRESSION_FAILED.
 */
export function renderTemplate(template: string, values: { [name: string]: Json }): string {
  const parsed = parseTemplate(template);
  if (!parsed.ok)
    throw new NodeError('EXPRESSION_FAILED', `The template cannot be read: ${parsed.message}`, { happened: 'no' });
  return parsed.parts.map((part) => (part.kind === 'text' ? part.text : toText(evaluate(part.expr, values)))).join('');
}
