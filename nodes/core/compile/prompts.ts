import { checkIn } from '../cel/check.ts';
import { scopeOf } from '../cel/kinds.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph, Prompt } from '../graph.ts';
import { canonicalJson } from '../json.ts';
import { type PromptIdentity, variableTypes } from '../prompts.ts';
import { sha256 } from '../sha256.ts';
import { checkTemplate } from '../templates.ts';

/** What is wrong with the prompts of a graph themselves, and what nodes give for variables that they do not have. */
export function checkPrompts({ prompts = [], nodes }: Graph): Diagnostic[] {
  if (prompts.length === 0) return [];
  const known = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  return [...prompts.flatMap(ownProblems), ...nodes.flatMap((node) => unusedValues(node, known))];
}

function ownProblems(prompt: Prompt): Diagnostic[] {
  const { id, title, text, variables } = prompt;
  const names = variables.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  const found = twice.map((name): Diagnostic => {
    const message = `The prompt "${title}" has two variables "${name}". Rename one.`;
    return { code: 'DUPLICATE_ID', severity: 'error', field: `prompts.${id}.variables`, message };
  });
  const scope = scopeOf(variableTypes(prompt));
  const checked = checkTemplate(text, (expr) => checkIn(expr, scope));
  if (checked.ok) return found;
  const { code, message, range } = checked;
  return [
    ...found,
    { code, severity: 'error', field: `prompts.${id}.text`, message: `In the prompt "${title}": ${message}`, range },
  ];
}

function unusedValues({ id, inputs }: Graph['nodes'][number], prompts: ReadonlyMap<string, Prompt>): Diagnostic[] {
  return Object.entries(inputs).flatMap(([input, binding]) => {
    const prompt = binding.kind === 'prompt' ? prompts.get(binding.prompt) : undefined;
    if (binding.kind !== 'prompt' || !prompt) return [];
    const names = new Set(prompt.variables.map(({ name }) => name));
    return Object.keys(binding.values)
      .filter((name) => !names.has(name))
      .map((name): Diagnostic => {
        const { [name]: _unused, ...values } = binding.values;
        const message = `The prompt "${prompt.title}" has no variable "${name}".`;
        const change = { kind: 'bind', nodeId: id, input, binding: { ...binding, values } } as const;
        return {
          code: 'UNUSED_BINDING',
          severity: 'warning',
          nodeId: id,
          field: `inputs.${input}.values.${name}`,
          message,
          fix: { title: 'Remove the value', change },
        };
      });
  });
}

const identities = new WeakMap<Prompt, PromptIdentity>();

/** The identity of a prompt as it stands. */
export function promptIdentity(prompt: Prompt): PromptIdentity {
  const known = identities.get(prompt);
  if (known) return known;
  const { id, title, text, variables } = prompt;
  const identity = { id, title, sha256: sha256(canonicalJson({ text, variables })) };
  identities.set(prompt, identity);
  return identity;
}
