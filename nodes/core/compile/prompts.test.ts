import { describe, expect, test } from 'vitest';
import type { Binding, GraphInput } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { graphOf } from '../testing/graph-of.ts';
import { t } from '../types.ts';
import { compile } from './compile.ts';

type Prompts = NonNullable<GraphInput['prompts']>;

const greeting: Prompts[number] = {
  id: 'greeting',
  title: 'Greeting',
  text: 'Dear {{ who }}, {{ string(times) }} times',
  variables: [{ name: 'who' }, { name: 'times', type: 'number' }],
};
const said = (values: Record<string, string>, prompt = 'greeting'): Binding => ({ kind: 'prompt', prompt, values });
const graph = (binding: Binding, prompts: Prompts = [greeting], type = t.string()): GraphInput => ({
  ...graphOf(
    { go: 'start', write: { type: 'task', config: { inputs: { text: { type } } }, inputs: { text: binding } } },
    ['go.fired > write'],
  ),
  prompts,
});
const found = (...of: Parameters<typeof graph>) =>
  compile(graph(...of), testDefinitions).diagnostics.map(
    ({ code, severity, field, message }) => `${severity} ${code} ${field}: ${message}`,
  );
const whole = { who: 'run.input.name', times: 'run.input.count' };

describe('a prompt of the graph', () => {
  test('is written into the program, with its name and hash', () => {
    const { program, diagnostics } = compile(graph(said(whole)), testDefinitions);
    expect(diagnostics).toEqual([]);
    const { text } = program?.states.write?.inputs ?? {};
    expect(text).toEqual({
      kind: 'template',
      template: 'Dear {{ run.input.name }}, {{ string((run.input.count)) }} times',
      reads: ['go'],
      prompt: { id: 'greeting', title: 'Greeting', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    // The same words are the same hash, whatever the prompt is called.
    const renamed = compile(graph(said(whole), [{ ...greeting, title: 'Hello' }]), testDefinitions).program;
    expect(renamed?.states.write?.inputs.text?.prompt?.sha256).toBe(text?.prompt?.sha256);
  });

  test('is the same object for all that say it', () => {
    const twice = graph(said(whole));
    const more = { ...twice.nodes[1]!, id: 'again' };
    const { program } = compile(
      {
        ...twice,
        nodes: [...twice.nodes, more],
        edges: [...twice.edges, { id: 'e', from: 'go', outcome: 'fired', to: 'again' }],
      },
      testDefinitions,
    );
    expect(program?.states.again?.inputs.text?.prompt).toBe(program?.states.write?.inputs.text?.prompt);
  });

  test('that is not there is reported, with the one that was meant', () => {
    expect(found(said(whole, 'greting'))).toEqual([
      'error PROMPT_UNKNOWN inputs.text: There is no prompt "greting". Did you mean "greeting"?',
    ]);
    expect(found(said({}, 'x'), [])).toEqual([
      'error PROMPT_UNKNOWN inputs.text: There is no prompt "x". Choose one, or add it to the pipeline.',
    ]);
  });

  test('needs a value of the right type for each variable, and for no other', () => {
    expect(found(said({ who: 'run.input.name', times: ' ' }))).toEqual([
      'error MISSING_BINDING inputs.text.values.times: The prompt "Greeting" needs a value for "times".',
    ]);
    expect(found(said({ ...whole, times: 'run.input.name' }))).toEqual([
      'error TYPE_MISMATCH inputs.text.values.times: Expected number, got text.',
    ]);
    expect(found(said({ ...whole, tone: '"warm"' }))).toEqual([
      'warning UNUSED_BINDING inputs.text.values.tone: The prompt "Greeting" has no variable "tone".',
    ]);
  });

  test('gives text', () => {
    expect(found(said(whole), [greeting], t.number() as never)).toEqual([
      'error TYPE_MISMATCH inputs.text: Expected number, got text from a prompt.',
    ]);
  });

  test('is checked by itself, whether it is said or not', () => {
    const other: Binding = { kind: 'value', value: 'x' };
    expect(found(other, [{ ...greeting, text: 'Dear {{ whom }}' }])).toEqual([
      'error UNKNOWN_VARIABLE prompts.greeting.text: In the prompt "Greeting": There is no variable whom here. Did you mean who? There is: who, times.',
    ]);
    expect(found(other, [{ ...greeting, variables: [{ name: 'who' }, { name: 'who' }, { name: 'times' }] }])).toEqual([
      'error DUPLICATE_ID prompts.greeting.variables: The prompt "Greeting" has two variables "who". Rename one.',
    ]);
    expect(found(other, [greeting, greeting])).toEqual([
      'error DUPLICATE_ID prompts: Two prompts have the id "greeting". Rename one.',
    ]);
  });

  test('of a slip in a value the mended one is offered, and of one that nothing takes its removal', () => {
    const fixOf = (binding: Binding) => compile(graph(binding), testDefinitions).diagnostics[0]?.fix;
    expect(fixOf(said({ ...whole, who: 'run.input.nam' }))).toEqual({
      title: 'Write run.input.name',
      change: { kind: 'bind', nodeId: 'write', input: 'text', binding: said(whole) },
    });
    expect(fixOf(said({ ...whole, tone: '"warm"' }))).toEqual({
      title: 'Remove the value',
      change: { kind: 'bind', nodeId: 'write', input: 'text', binding: said(whole) },
    });
    expect(fixOf(said(whole, 'greting'))).toBeUndefined();
    expect(fixOf(said({ who: 'run.input.name' }))).toBeUndefined();
  });

  test('may be one of so many, and no more', () => {
    const many = Array.from({ length: 501 }, (_, n) => ({ ...greeting, id: `p${n}` }));
    expect(found({ kind: 'value', value: 'x' }, many)).toEqual([
      'error DOCUMENT_TOO_LARGE prompts: The graph has 501 prompts; 500 is the limit. Split the pipeline.',
    ]);
  });
});
