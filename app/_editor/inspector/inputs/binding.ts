import type { Binding, ResolvedBinding } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { isNullable, type Type } from '#nodes/core/types.ts';

export type BindingKind = Binding['kind'];
/** The ways in which an input is written in its own field. */
export type WrittenKind = ResolvedBinding['kind'];

/** How an input is bound where nobody chose yet: text as a template, plain choices as a value, the rest by expression. */
export function usualKind(type: Type): WrittenKind {
  const bare = withoutNull(type);
  switch (bare.type) {
    case 'string':
      return bare.enum || bare.format === 'file' ? (bare.enum ? 'value' : 'expr') : 'template';
    case 'number':
    case 'integer':
    case 'null':
      return 'value';
    case 'boolean':
    case 'array':
    case 'object':
    case 'union':
    case 'any':
      return 'expr';
    default: {
      const never: never = bare;
      throw new Error(`Not a known type: ${JSON.stringify(never)}`);
    }
  }
}

const wholeHole = /^\s*\{\{([\s\S]*)\}\}\s*$/;

/** The same binding in another form, as far as it can be said there; null: it cannot, the field begins empty. */
export function convertBinding(binding: ResolvedBinding | undefined, kind: WrittenKind): ResolvedBinding | null {
  if (!binding || binding.kind === kind) return binding ?? null;
  switch (kind) {
    case 'value':
      return binding.kind === 'template' && !binding.template.includes('{{')
        ? { kind, value: binding.template }
        : literalOf(binding);
    case 'template':
      if (binding.kind === 'expr') return { kind, template: `{{ ${binding.expr} }}` };
      return binding.kind === 'value' && typeof binding.value === 'string' ? { kind, template: binding.value } : null;
    case 'expr': {
      if (binding.kind === 'value') return { kind, expr: JSON.stringify(binding.value) };
      const only = binding.kind === 'template' ? wholeHole.exec(binding.template)?.[1] : undefined;
      if (only !== undefined && !only.includes('{{')) return { kind, expr: only.trim() };
      const text = binding.kind === 'template' && !binding.template.includes('{{') ? binding.template : null;
      return text === null ? null : { kind, expr: JSON.stringify(text) };
    }
    default: {
      const never: never = kind;
      throw new Error(`Not a known kind: ${String(never)}`);
    }
  }
}

function literalOf(binding: ResolvedBinding): ResolvedBinding | null {
  if (binding.kind !== 'expr') return null;
  const value = parsed(binding.expr);
  return value === undefined ? null : { kind: 'value', value };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function withoutNull(type: Type): Type {
  if (type.type !== 'union' || !isNullable(type)) return type;
  const rest = type.of.filter((member) => member.type !== 'null');
  return rest.length === 1 && rest[0] ? rest[0] : { type: 'union', of: rest };
}
