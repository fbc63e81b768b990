import { describe, expect, test } from 'vitest';
import type { Prompt } from './graph.ts';
import { fillPrompt, replaceHoles, replaceNames, resolveBinding, resolveBindings, variableTypes } from './prompts.ts';

const greeting: Prompt = {
  id: 'greeting',
  title: 'Greeting',
  text: 'Dear {{ who }},\n{{ "who" + who.upperAscii() }} \\{{ who }}',
  variables: [
    { name: 'who', type: 'text' },
    { name: 'times', type: 'number' },
  ],
};

describe('a prompt that is filled in', () => {
  test('has each expression where its variable stood, quoted text and braces aside', () => {
    expect(fillPrompt(greeting, { who: ' nodes.lead.name ' })).toBe(
      'Dear {{ nodes.lead.name }},\n{{ "who" + (nodes.lead.name).upperAscii() }} \\{{ who }}',
    );
  });

  test('keeps a variable that has no expression as it is written', () => {
    expect(fillPrompt(greeting, {})).toBe(greeting.text);
    expect(fillPrompt({ text: '{{ toString }}' }, {})).toBe('{{ toString }}');
  });

  test('takes a name for a variable only where it is one', () => {
    const named = (expr: string) => replaceNames(expr, (name) => (name === 'who' ? 'X' : null));
    expect(named('who + lead.who + lead.?who + whole + [who]')).toBe('X + lead.who + lead.?who + whole + [X]');
    expect(named(`'who' + "\\"who" + who`)).toBe(`'who' + "\\"who" + X`);
  });

  test('stays as it is where it cannot be read', () => {
    expect(replaceHoles('Dear {{ who', () => 'x')).toBe('Dear {{ who');
  });

  test('reads its variables with their types', () => {
    expect(variableTypes(greeting)).toEqual({ who: { type: 'string' }, times: { type: 'number' } });
  });
});

describe('bindings that name a prompt', () => {
  const binding = { kind: 'prompt', prompt: 'greeting', values: { who: 'run.input.name' } } as const;

  test('are templates once they are filled in; others are what they are', () => {
    expect(resolveBinding(binding, [{ ...greeting, text: 'Dear {{ who }}' }])).toEqual({
      kind: 'template',
      template: 'Dear {{ run.input.name }}',
    });
    expect(resolveBinding({ kind: 'value', value: 1 }, undefined)).toEqual({ kind: 'value', value: 1 });
  });

  test('are nothing where the prompt is not there', () => {
    expect(resolveBinding(binding, undefined)).toBeNull();
    expect(resolveBindings({ text: binding, more: { kind: 'expr', expr: '1' } }, [])).toEqual({
      more: { kind: 'expr', expr: '1' },
    });
  });
});
