import type { Binding, Graph, Prompt, PromptVariable } from '#nodes/core/graph.ts';
import { replaceHoles } from '#nodes/core/prompts.ts';
import { parseTemplate } from '#nodes/core/template-parts.ts';
import type { Type } from '#nodes/core/types.ts';
import { freeId, idFromTitle } from './ids.ts';

/** The expressions in a text with values, each once, in order. */
export function expressionsOf(template: string): string[] {
  const parsed = parseTemplate(template);
  const parts = parsed.ok ? parsed.parts : [];
  return [...new Set(parts.flatMap((part) => (part.kind === 'expr' ? [part.expr.trim()] : [])))];
}

type Given = {
  title: string;
  template: string;
  /** What each of its expressions gives, as far as it is known. */
  types: readonly (Type | null)[];
};

/** A text with values as a prompt of the graph: what it reads becomes its variables, which the binding gives it. */
export function promptFromText(
  graph: Graph,
  { title, template, types }: Given,
): { prompt: Prompt; binding: Extract<Binding, { kind: 'prompt' }> } {
  const id = freeId(idFromTitle(title) ?? 'prompt', new Set(graph.prompts?.map((prompt) => prompt.id)));
  const names = new Map<string, string>();
  const variables = expressionsOf(template).map((expr, at): PromptVariable => {
    const name = freeId(lastName(expr), new Set(names.values()));
    names.set(expr, name);
    return { name, type: kindOf(types[at] ?? null) };
  });
  const text = replaceHoles(template, (expr) => ` ${names.get(expr.trim()) ?? expr.trim()} `);
  const values = Object.fromEntries([...names].map(([expr, name]) => [name, expr]));
  return { prompt: { id, title, text, variables }, binding: { kind: 'prompt', prompt: id, values } };
}

/** What a member is called: `nodes.draft.subject` is `subject`. */
function lastName(expr: string): string {
  const found = /^[A-Za-z_]\w*(?:\s*\.\s*\??\s*[A-Za-z_]\w*)*$/.test(expr)
    ? /([A-Za-z_]\w*)$/.exec(expr)?.[1]
    : undefined;
  return (found ?? 'value').slice(0, 56);
}

function kindOf(type: Type | null): PromptVariable['type'] {
  switch (type?.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'list';
    default:
      return 'any';
  }
}
