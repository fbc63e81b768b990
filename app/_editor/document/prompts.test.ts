import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { applyCommand } from './apply.ts';
import type { Command } from './command.ts';
import { adoptFragment, fragmentOf } from './fragment.ts';
import { expressionsOf, promptFromText } from './prompt-from-text.ts';
import { usersOf } from './prompts.ts';
import { renameNode } from './rename-node.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Letters',
  nodes: [
    {
      id: 'draft',
      type: 'llm.generate',
      version: 1,
      inputs: { prompt: { kind: 'prompt', prompt: 'greeting', values: { who: 'nodes.lead.name' } } },
    },
    { id: 'lead', type: 'trigger.manual', version: 1 },
  ],
  edges: [],
  prompts: [
    {
      id: 'greeting',
      title: 'Greeting',
      text: 'Dear {{ who }}, {{ "who" + who }}',
      variables: [{ name: 'who' }, { name: 'tone' }],
    },
  ],
});
const changed = (command: Command, of = graph) => produce(of, (draft) => applyCommand(draft, command));
const [greeting] = graph.prompts ?? [];
const boundIn = ({ nodes }: Graph, id = 'draft') => nodes.find((node) => node.id === id)?.inputs.prompt;

describe('the prompts of a pipeline', () => {
  it('are known by the nodes that they are given to', () => {
    expect(usersOf(graph, 'greeting')).toEqual(['draft']);
    expect(usersOf(graph, 'other')).toEqual([]);
  });

  it('change whole; the last one takes the list with it', () => {
    expect(changed({ kind: 'set-prompt', promptId: 'greeting', change: { title: 'Hello' } }).prompts?.[0]?.title).toBe(
      'Hello',
    );
    expect(changed({ kind: 'set-prompt', promptId: 'gone', change: { title: 'Hello' } })).toBe(graph);
    expect('prompts' in changed({ kind: 'remove-prompt', promptId: 'greeting' })).toBe(false);
  });

  it('come with what says them, as one edit', () => {
    const prompt = { id: 'offer', title: 'Offer', text: 'Offer', variables: [] };
    const binding = { kind: 'prompt', prompt: 'offer', values: {} } as const;
    const added = changed({ kind: 'add-prompt', prompt, bind: { nodeId: 'draft', input: 'prompt', binding } });
    expect(added.prompts?.map(({ id }) => id)).toEqual(['greeting', 'offer']);
    expect(boundIn(added)).toEqual(binding);
  });

  it('follow a variable that is renamed: in the text, not in what is quoted, and where it is given a value', () => {
    const renamed = changed({ kind: 'rename-variable', promptId: 'greeting', at: 0, to: 'name' });
    expect(renamed.prompts?.[0]).toMatchObject({
      text: 'Dear {{ name }}, {{ "who" + name }}',
      variables: [{ name: 'name' }, { name: 'tone' }],
    });
    expect(boundIn(renamed)).toMatchObject({ values: { name: 'nodes.lead.name' } });
    expect(changed({ kind: 'rename-variable', promptId: 'greeting', at: 5, to: 'name' })).toBe(graph);
  });

  it('follow a node that is renamed', () => {
    const renamed = produce(graph, (draft) => renameNode(draft, 'lead', 'customer'));
    expect(boundIn(renamed)).toMatchObject({ values: { who: 'nodes.customer.name' } });
  });
});

describe('copying what says a prompt', () => {
  const copied = fragmentOf(graph, { nodes: ['draft'], edges: [], notes: [] });

  it('takes the prompt along', () => {
    expect(copied.prompts).toEqual(graph.prompts);
    expect(fragmentOf(graph, { nodes: ['lead'], edges: [], notes: [] }).prompts).toBeUndefined();
  });

  it('pastes it once where the same words are there, and beside it where they differ', () => {
    const same = adoptFragment(graph, copied, { x: 0, y: 0 });
    expect(same.prompts).toBeUndefined();
    const other = changed({ kind: 'set-prompt', promptId: 'greeting', change: { text: 'Hello' } });
    const beside = adoptFragment(other, copied, { x: 0, y: 0 });
    expect(beside.prompts?.map(({ id }) => id)).toEqual(['greeting2']);
    expect(beside.nodes[0]?.inputs.prompt).toMatchObject({ prompt: 'greeting2' });
    const pasted = changed({ kind: 'insert', fragment: beside }, other);
    expect(pasted.prompts).toEqual([...(other.prompts ?? []), { ...greeting, id: 'greeting2' }]);
  });
});

describe('a text that becomes a prompt', () => {
  const template =
    'Dear {{ nodes.lead.name }} of {{ run.input.?name }}, {{ nodes.lead.name }}: {{ 1 + 2 }} {{ run.input.on }} {{ run.input.all }}';

  it('has what it reads as variables, each once, named and typed after it', () => {
    expect(expressionsOf('{{')).toEqual([]);
    const types = [
      { type: 'string' },
      null,
      { type: 'integer' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'any' } },
    ] as const;
    const { prompt, binding } = promptFromText(graph, { title: 'Greeting', template, types });
    expect(prompt).toEqual({
      id: 'greeting2',
      title: 'Greeting',
      text: 'Dear {{ name }} of {{ name2 }}, {{ name }}: {{ value }} {{ on }} {{ all }}',
      variables: [
        { name: 'name', type: 'text' },
        { name: 'name2', type: 'any' },
        { name: 'value', type: 'number' },
        { name: 'on', type: 'boolean' },
        { name: 'all', type: 'list' },
      ],
    });
    expect(binding).toEqual({
      kind: 'prompt',
      prompt: 'greeting2',
      values: {
        name: 'nodes.lead.name',
        name2: 'run.input.?name',
        value: '1 + 2',
        on: 'run.input.on',
        all: 'run.input.all',
      },
    });
  });

  it('has an id even where its name gives none', () => {
    const { prompt } = promptFromText({ ...graph, prompts: undefined }, { title: '!', template: '', types: [] });
    expect(prompt.id).toBe('prompt');
  });
});
