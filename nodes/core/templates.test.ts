import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkExpression } from './expressions.ts';
import type { Json } from './json.ts';
import { checkTemplate, parseTemplate, renderTemplate, templateProblem } from './templates.ts';
import { t } from './types.ts';

const values: Record<string, Json> = { item: { name: 'Ada', n: 1.5, none: null, list: [1, 'a'], o: { a: { b: 1 } } } };

test.each<[string, string]>([
  ['', ''],
  ['plain { text }', 'plain { text }'],
  ['Dear {{ item.name }},', 'Dear Ada,'],
  ['{{item.n}}{{ item.none }}{{ item.?gone }}', '1.5'],
  ['{{ item.list }}', '[1,"a"]'],
  ['\\{{ not this }} but {{ item.name }}', '{{ not this }} but Ada'],
  ['{{ "a }} b" }}', 'a }} b'],
  ["{{ 'it\\'s }}' }}", "it's }}"],
  ['{{ """quote " and }}""" }}', 'quote " and }}'],
  ['{{ {"a": {"b": 1}} }}', '{"a":{"b":1}}'],
  ['{{ "{{" }}', '{{'],
  ['a\n{{ true ?\n "x" : "y" }}', 'a\nx'],
  ['}} alone', '}} alone'],
])('%j becomes %j', (template, text) => {
  expect(renderTemplate(template, values)).toBe(text);
});

test.each(['{{ item.name', 'a {{', '{{ "}} ', '{{ { }}'])('%j is not closed', (template) => {
  expect(parseTemplate(template)).toMatchObject({ ok: false, code: 'EXPRESSION_SYNTAX' });
  expect(() => renderTemplate(template, values)).toThrow('The template cannot be read: The braces {{ are not closed.');
});

const check = (expr: string) =>
  checkExpression(expr, { item: t.object({ name: t.string(), note: t.string() }, ['name']) });

test('what a template reads is told once', () => {
  expect(checkTemplate('{{ item.name }} {{ item.name + "x" }} {{ item.?note }}', check)).toEqual({
    ok: true,
    reads: [
      ['item', 'name'],
      ['item', 'note'],
    ],
  });
});

test('what is wrong is told at its place in the template', () => {
  const template = 'Dear {{ item.nmae }}';
  const checked = checkTemplate(template, check);
  expect(checked).toMatchObject({ ok: false, code: 'UNKNOWN_VARIABLE' });
  if (!checked.ok) expect(template.slice(checked.range.start, checked.range.end)).toBe('item.nmae');
  expect(checkTemplate('{{', check)).toMatchObject({
    ok: false,
    code: 'EXPRESSION_SYNTAX',
    range: { start: 0, end: 2 },
  });
});

test('text without braces is never changed, and any text is read or refused', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      if (!a.includes('{{')) expect(renderTemplate(a, {})).toBe(a);
      expect(parseTemplate(`${a}{{${b}`)).toHaveProperty('ok');
    }),
  );
});

test('a template is told what is wrong with it', () => {
  const variables = { item: t.object({ name: t.string() }) };
  expect(templateProblem('Dear {{ item.name }}', variables)).toBeNull();
  expect(templateProblem('Dear {{ item.nme }}', variables)).toContain('nme');
});
