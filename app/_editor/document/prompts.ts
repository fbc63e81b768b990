import type { Graph, Prompt } from '#nodes/core/graph.ts';
import { replaceHoles, replaceNames } from '#nodes/core/prompts.ts';
import type { Command } from './command.ts';

type PromptCommand = Extract<Command, { kind: 'add-prompt' | 'set-prompt' | 'rename-variable' | 'remove-prompt' }>;

/** Changes the prompts of a document (an immer draft) as a command says; elements are replaced whole. */
export function changePrompts(draft: Graph, command: PromptCommand): void {
  switch (command.kind) {
    case 'add-prompt':
      addPrompts(draft, [command.prompt]);
      break;
    case 'set-prompt':
      put(draft, command.promptId, (prompt) => ({ ...prompt, ...command.change }));
      break;
    case 'rename-variable':
      renameVariable(draft, command);
      break;
    case 'remove-prompt':
      keep(
        draft,
        (draft.prompts ?? []).filter(({ id }) => id !== command.promptId),
      );
      break;
    default: {
      const never: never = command;
      throw new Error(`Not a known command: ${JSON.stringify(never)}`);
    }
  }
}

/** Adds prompts; one whose id is there already stays out. */
export function addPrompts(draft: Graph, added: readonly Prompt[]): void {
  const there = new Set((draft.prompts ?? []).map(({ id }) => id));
  const fresh = added.filter(({ id }) => !there.has(id));
  if (fresh.length > 0) draft.prompts = [...(draft.prompts ?? []), ...fresh];
}

/** Ids of the nodes that say something with a prompt, in the order of the document. */
export function usersOf({ nodes }: Pick<Graph, 'nodes'>, promptId: string): string[] {
  return nodes.filter((node) => promptsOf(node).includes(promptId)).map(({ id }) => id);
}

/** Ids of the prompts that a node is given. */
export function promptsOf({ inputs }: Graph['nodes'][number]): string[] {
  return Object.values(inputs).flatMap((binding) => (binding.kind === 'prompt' ? [binding.prompt] : []));
}

/** Gives a prompt another id, and with it every binding that names it. */
export function renamePrompt(draft: Graph, from: string, to: string): void {
  put(draft, from, (prompt) => ({ ...prompt, id: to }));
  draft.nodes.forEach((node, index) => {
    const renamed = withPromptIds(node, new Map([[from, to]]));
    if (renamed !== node) draft.nodes[index] = renamed;
  });
}

/** A node with the prompts that it names under other ids; the same object where there are none. */
export function withPromptIds(node: Graph['nodes'][number], ids: ReadonlyMap<string, string>): Graph['nodes'][number] {
  if (!promptsOf(node).some((id) => (ids.get(id) ?? id) !== id)) return node;
  const inputs = Object.entries(node.inputs).map(([name, binding]) => {
    const to = binding.kind === 'prompt' ? (ids.get(binding.prompt) ?? binding.prompt) : '';
    return [name, binding.kind === 'prompt' ? { ...binding, prompt: to } : binding] as const;
  });
  return { ...node, inputs: Object.fromEntries(inputs) };
}

/** The name of a variable changes, where the text reads it and where nodes give it a value. */
function renameVariable(draft: Graph, { promptId, at, to }: Extract<PromptCommand, { kind: 'rename-variable' }>): void {
  const from = draft.prompts?.find(({ id }) => id === promptId)?.variables[at]?.name;
  if (from === undefined || from === to) return;
  put(draft, promptId, (prompt) => ({
    ...prompt,
    text: replaceHoles(prompt.text, (expr) => replaceNames(expr, (name) => (name === from ? to : null))),
    variables: prompt.variables.map((variable, index) => (index === at ? { ...variable, name: to } : variable)),
  }));
  draft.nodes.forEach((node, index) => {
    if (!promptsOf(node).includes(promptId)) return;
    const inputs = Object.entries(node.inputs).map(([input, binding]) => {
      if (binding.kind !== 'prompt' || binding.prompt !== promptId) return [input, binding] as const;
      const values = Object.entries(binding.values).map(([name, expr]) => [name === from ? to : name, expr] as const);
      return [input, { ...binding, values: Object.fromEntries(values) }] as const;
    });
    draft.nodes[index] = { ...node, inputs: Object.fromEntries(inputs) };
  });
}

function put(draft: Graph, promptId: string, change: (prompt: Prompt) => Prompt): void {
  if (!draft.prompts?.some(({ id }) => id === promptId)) return;
  keep(
    draft,
    draft.prompts.map((prompt) => (prompt.id === promptId ? change(prompt) : prompt)),
  );
}

function keep(draft: Graph, prompts: Prompt[]): void {
  if (prompts.length === 0) delete draft.prompts;
  else draft.prompts = prompts;
}
