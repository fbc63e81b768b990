import { evaluateBinding, type ScopeValues } from '#nodes/core/bindings.ts';
import { toNodeError } from '#nodes/core/errors.ts';
import { evaluate, type Range } from '#nodes/core/expressions.ts';
import type { ResolvedBinding } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { parseTemplate } from '#nodes/core/templates.ts';
import { checkValue, type Type } from '#nodes/core/types.ts';
import { shortened } from './shorten.ts';

/** What a field holds, to be evaluated over values as a run does it. */
export type PreviewSource = Extract<ResolvedBinding, { kind: 'expr' | 'template' }>;

export type PreviewRequest = {
  source: PreviewSource;
  /** Expressions in a configuration read what is bound to the node's own inputs. Absent: the scope itself is read. */
  inputs?: Record<string, ResolvedBinding>;
  /** What the value must be; absent: anything. */
  expects?: Type;
};

/** `shown` is cut where it is long: `more` counts the characters that are left out. */
export type Preview =
  | { ok: true; text: boolean; shown: string; more: number; misfit: string | null }
  | { ok: false; message: string; range: Range | null };

/** Evaluates what a field holds with the functions that a run uses. Total: what fails is said. */
export function previewOf({ source, inputs, expects }: PreviewRequest, values: ScopeValues): Preview {
  try {
    const value = inputs ? evaluateConfig(source, inputs, values) : evaluateBinding(source, values);
    const problem = expects ? checkValue(expects, value) : null;
    const where = problem && problem.path !== '' ? ` at ${problem.path}` : '';
    const misfit = problem ? `Must be ${problem.expected}${where}; it is ${problem.got}.` : null;
    return { ok: true, text: typeof value === 'string', ...shortened(value), misfit };
  } catch (error) {
    return failed(source, error);
  }
}

function evaluateConfig(source: PreviewSource, inputs: Record<string, ResolvedBinding>, values: ScopeValues): Json {
  if (source.kind === 'template') throw new Error('A configuration holds no template.');
  const given: JsonObject = {};
  for (const [name, binding] of Object.entries(inputs))
    if (source.expr.includes(name)) given[name] = evaluateBinding(binding, values);
  return evaluate(source.expr, given);
}

function failed(source: PreviewSource, error: unknown): Preview {
  const { message, details } = toNodeError(error);
  const { expression, start, end } = (details ?? {}) as { expression?: string; start?: number; end?: number };
  const why = message.replace(/^The (?:expression "[\s\S]*?" failed|template cannot be read): /, '');
  const offset = expression === undefined ? null : offsetOf(source, expression);
  const range =
    offset !== null && start !== undefined && end !== undefined ? { start: start + offset, end: end + offset } : null;
  return { ok: false, message: why.charAt(0).toUpperCase() + why.slice(1), range };
}

/** Where an expression stands in what the field holds; the first of its text is the one that failed. */
function offsetOf(source: PreviewSource, expression: string): number | null {
  if (source.kind === 'expr') return source.expr === expression ? 0 : null;
  const parsed = parseTemplate(source.template);
  if (!parsed.ok) return null;
  for (const part of parsed.parts) if (part.kind === 'expr' && part.expr === expression) return part.range.start;
  return null;
}
