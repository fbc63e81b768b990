import type { BindingProblem, CheckedBinding } from '../bindings.ts';
import type { ExpressionCheck, ExpressionProblem } from '../expressions.ts';
import type { Type } from '../types.ts';

export type Mended = { text: string; title: string };
type Ways = {
  /** Checks an expression or template as a whole. */
  check: (text: string) => CheckedBinding | ExpressionCheck;
  /** Checks an expression that is a part of it. */
  part: (expr: string) => ExpressionCheck;
};

/** An expression has as many slips at most as are mended at once. */
const mostTurns = 20;

/**
 * Rewrites an expression or template so that its problem is gone: a name that was likely meant, or optional access with
 * a value for where there is none. Null where neither makes it right.
 */
export function mend(text: string, problem: BindingProblem, ways: Ways): Mended | null {
  let current = text;
  let title: string | null = null;
  let open: BindingProblem | ({ ok: false } & ExpressionProblem) = problem;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    if (!open.range) return null;
    const { start, end } = open.range;
    const written = current.slice(start, end);
    const chain = open.absent ? chainAt(current, end) : '';
    const instead: string | null = open.absent ? optional(written, chain, ways.part) : (open.instead ?? null);
    if (instead === null) return null;
    title ??= `Write ${instead}`;
    current = current.slice(0, start) + instead + current.slice(end + chain.length);
    const checked = ways.check(current);
    if (checked.ok) return { text: current, title };
    open = checked;
  }
  return null;
}

/** The members that are read of what ends at a place: `.subject.length`, without what is called. */
function chainAt(text: string, at: number): string {
  const found = /^(?:\.[A-Za-z_]\w*(?!\w*\s*\())*/.exec(text.slice(at));
  return (found as RegExpExecArray)[0];
}

/** `nodes.draft` with `.subject` becomes `nodes.?draft.?subject.orValue("")`. */
function optional(written: string, chain: string, part: Ways['part']): string | null {
  const found = /^(.*[^\s.?])\.([A-Za-z_]\w*)$/s.exec(written);
  if (!found) return null;
  const path = `${found[1]}.?${found[2]}${chain.replaceAll('.', '.?')}`;
  const checked = part(path);
  return checked.ok ? `${path}.orValue(${nothing(checked.type)})` : null;
}

/** What stands in where there is no value. */
function nothing(type: Type): string {
  const of = type.type === 'union' ? (type.of.find((variant) => variant.type !== 'null') as Type) : type;
  switch (of.type) {
    case 'string':
      return '""';
    case 'number':
    case 'integer':
      return '0';
    case 'boolean':
      return 'false';
    case 'array':
      return '[]';
    case 'object':
      return '{}';
    default:
      return 'null';
  }
}
