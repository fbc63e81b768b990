import type { Binding, Prompt, PromptVariable, ResolvedBinding } from './graph.ts';
import { parseTemplate } from './template-parts.ts';
import { type Type, t } from './types.ts';

const types: Record<PromptVariable['type'], Type> = {
  text: t.string(),
  number: t.number(),
  boolean: t.boolean(),
  list: t.array(t.any()),
  any: t.any(),
};

/** What may be given for a variable of a prompt. */
export function variableType({ type }: PromptVariable): Type {
  return types[type];
}

/** The variables of a prompt by name, with their types: what its text can read. */
export function variableTypes({ variables }: Prompt): Record<string, Type> {
  return Object.fromEntries(variables.map((variable) => [variable.name, variableType(variable)]));
}

/** Quoted texts first, so that a name inside one is left alone; a name after a point is a member of something. */
const piece = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.]|\.\s*\?\s*)[A-Za-z_]\w*/g;

/** An expression with names in it replaced: `stead` answers what stands in for a name, or null to leave it. */
export function replaceNames(expr: string, stead: (name: string) => string | null): string {
  return expr.replace(piece, (found) => (/^["']/.test(found) ? found : (stead(found) ?? found)));
}

/** A template with its expressions replaced; the text between them stays. What cannot be read as a template stays whole. */
export function replaceHoles(template: string, stead: (expr: string) => string): string {
  const parsed = parseTemplate(template);
  if (!parsed.ok) return template;
  let made = '';
  let at = 0;
  for (const part of parsed.parts) {
    if (part.kind === 'text') continue;
    made += template.slice(at, part.range.start) + stead(part.expr);
    at = part.range.end;
  }
  return made + template.slice(at);
}

/**
 * The template that a prompt is once its variables have their expressions: each stands where the variable stood. A
 * variable without an expression stays as it is written.
 */
export function fillPrompt({ text }: Pick<Prompt, 'text'>, values: Readonly<Record<string, string>>): string {
  const valueFor = (name: string): string | null => (Object.hasOwn(values, name) ? (values[name] as string) : null);
  return replaceHoles(text, (expr) => {
    const alone = valueFor(expr.trim());
    if (alone !== null) return ` ${alone.trim()} `;
    return replaceNames(expr, (name) => {
      const value = valueFor(name);
      return value === null ? null : `(${value.trim()})`;
    });
  });
}

/** What a prompt is known by later: its name, and the hash of its text and variables. */
export type PromptIdentity = { id: string; title: string; sha256: string };

/** A binding that says by itself what it gives; null where it names a prompt that is not there. */
export function resolveBinding(binding: Binding, prompts: readonly Prompt[] | undefined): ResolvedBinding | null {
  if (binding.kind !== 'prompt') return binding;
  const prompt = prompts?.find(({ id }) => id === binding.prompt);
  return prompt ? { kind: 'template', template: fillPrompt(prompt, binding.values) } : null;
}

/** Bindings by name that say by themselves what they give; those of prompts that are not there are left out. */
export function resolveBindings(
  bindings: Readonly<Record<string, Binding>>,
  prompts: readonly Prompt[] | undefined,
): Record<string, ResolvedBinding> {
  return Object.fromEntries(
    Object.entries(bindings).flatMap(([name, binding]) => {
      const resolved = resolveBinding(binding, prompts);
      return resolved ? [[name, resolved]] : [];
    }),
  );
}
