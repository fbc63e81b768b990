import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkExpression, evaluate } from './expressions.ts';
import type { Json } from './json.ts';
import { checkValue, type Type, t } from './types.ts';

const inner = t.object({ n: t.number(), s: t.string(), o: t.nullable(t.string()), opt: t.integer() }, ['n', 's', 'o']);
const scope: Record<string, Type> = {
  n: t.number(),
  i: t.integer(),
  s: t.string(),
  e: t.string({ enum: ['a', 'b'] }),
  b: t.boolean(),
  z: t.nullable(t.number()),
  l: t.array(inner),
  x: t.object({ p: inner, q: t.array(t.integer()) }, ['q']),
  u: t.union(t.object({ ok: t.string() }), t.object({ code: t.string(), n: t.integer() })),
  r: t.record(t.integer()),
};

/** Values of a type, absent and null members included. */
function someOf(type: Type): fc.Arbitrary<Json> {
  switch (type.type) {
    case 'any':
      return fc.constantFrom<Json>(null, 1, 'a', [], {});
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.constantFrom(0, 1.5, -2, 1000);
    case 'integer':
      return fc.integer({ min: -3, max: 3 });
    case 'string':
      return fc.constantFrom(...(type.enum ?? ['', 'a', 'abc', '2026-01-31']));
    case 'array':
      return fc.array(someOf(type.items), { maxLength: 3 });
    case 'union':
      return fc.oneof(...type.of.map(someOf));
    case 'object': {
      const members = fc.record(
        Object.fromEntries(Object.entries(type.properties).map(([name, member]) => [name, someOf(member)])),
        { requiredKeys: type.required },
      );
      // Members that nobody listed are read as if they were there; so they are.
      return type.additional
        ? fc.constant(Object.fromEntries(['n', 's', 'o', 'opt', 'p', 'q', 'ok', 'code', 'k'].map((name) => [name, 1])))
        : members.map((value) => ({ ...value }) as Json);
    }
  }
}

const { expr } = fc.letrec<{ expr: string; small: string }>((tie) => {
  const e = tie('expr');
  const binary = fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', ' in ', '&&', '||');
  const member = fc.constantFrom(
    '.n',
    '.s',
    '.o',
    '.opt',
    '.p',
    '.q',
    '.ok',
    '.code',
    '.?n',
    '.?opt',
    '.?p',
    '.?code',
    '.?k',
    '.k',
    '[0]',
    '[?0]',
    '["k"]',
  );
  const method = fc.constantFrom(
    '.size()',
    '.lower()',
    '.trim()',
    '.split("b")',
    '.orValue(1)',
    '.orValue("")',
    '.orValue(null)',
    '.hasValue()',
    '.contains("a")',
    '.join("-")',
    '.substring(0)',
    '.indexOf("b")',
  );
  const call = fc.constantFrom(
    'size',
    'string',
    'int',
    'double',
    'text',
    'json',
    'abs',
    'round',
    'floor',
    'sum',
    'lower',
    'date',
    'bool',
    'dyn',
  );
  const loop = fc.constantFrom('map', 'filter', 'all', 'exists', 'exists_one');
  return {
    small: fc.constantFrom(
      'n',
      'i',
      's',
      'e',
      'b',
      'z',
      'l',
      'x',
      'u',
      'r',
      'l',
      'x',
      'u',
      'y',
      '1',
      '2.5',
      '"a"',
      'true',
      'null',
      '[]',
      '{}',
      '[1, "a"]',
      '{"k": 1}',
    ),
    expr: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('small'),
      fc.tuple(e, binary, e).map(([a, op, c]) => `(${a} ${op} ${c})`),
      fc.tuple(e, member).map(([a, m]) => `${a}${m}`),
      fc.tuple(e, method).map(([a, m]) => `${a}${m}`),
      fc.tuple(call, e).map(([f, a]) => `${f}(${a})`),
      fc.tuple(e, e, e).map(([a, c, d]) => `(${a} ? ${c} : ${d})`),
      fc.tuple(e, member, e, e).map(([a, m, c, d]) => `(has(${a}${m}) ? ${c} : ${d})`),
      fc.tuple(e, loop, e).map(([a, f, c]) => `${a}.${f}(y, ${c})`),
      fc.tuple(e, e, e).map(([a, c, d]) => `(${a} != null ? ${c} : ${d})`),
    ),
  };
});

const values = fc.record(Object.fromEntries(Object.entries(scope).map(([name, type]) => [name, someOf(type)])));
/** What only a value can tell. Everything else that fails was let through by mistake. */
const onlyValuesTell =
  /division by zero|index out of bounds|there is no "k"|cannot convert|is not a date|must be out of|bool\(\) conversion|the number is|out of range|sum adds|Optional value is not present|list must contain only strings/;

test('what the check accepts does not fail for the types of its values, and gives the type that was found', {
  timeout: 60_000,
}, () => {
  let accepted = 0;
  fc.assert(
    fc.property(expr, values, (text, given) => {
      const checked = checkExpression(text, scope);
      if (!checked.ok || /dyn\(|\[\]|\{\}/.test(text)) return;
      accepted += 1;
      let result: Json;
      try {
        result = evaluate(text, given as Record<string, Json>);
      } catch (error) {
        expect(String(error), text).toMatch(onlyValuesTell);
        return;
      }
      expect(checkValue(checked.type, result), `${text} gave ${JSON.stringify(result)}`).toBeNull();
    }),
    { numRuns: 20_000 },
  );
  expect(accepted).toBeGreaterThan(2_000);
});
