import { expect, it } from 'vitest';
import { typedInTemplate } from './hole.ts';

/** Types a text letter by letter, as the editor does. */
function typed(text: string, before = ''): string {
  let template = before;
  let at = before.length;
  for (const letter of text) {
    const { insert, move } = typedInTemplate(template, at, letter) ?? { insert: letter, move: 1 };
    template = template.slice(0, at) + insert + template.slice(at);
    at += move;
  }
  return `${template.slice(0, at)}|${template.slice(at)}`;
}

it('two braces open a hole that is closed already', () => {
  expect(typed('Dear {{')).toBe('Dear {{ | }}');
  expect(typed('Dear {{name')).toBe('Dear {{ name| }}');
});

it('who types all of it gets just that', () => {
  expect(typed('Dear {{ name }}!')).toBe('Dear {{ name }}!|');
  expect(typed('{{name}}, {{ a + b }}.')).toBe('{{ name }}, {{ a + b }}.|');
});

it('braces of objects and written braces are ordinary ones', () => {
  expect(typed('{{ {"a": 1}.a }}')).toBe('{{ {"a": 1}.a }}|');
  expect(typed('\\{{ x')).toBe('\\{{ x|');
  expect(typed('a } b { c')).toBe('a } b { c|');
});

it('a hole that is closed behind the cursor is not closed again', () => {
  expect(typedInTemplate('Dear { }}', 6, '{')).toEqual({ insert: '{', move: 1 });
});
