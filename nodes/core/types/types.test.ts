import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from '../json.ts';
import {
  assignable,
  checkValue,
  describeType,
  fromJsonSchema,
  fromZod,
  isNullable,
  sameType,
  type Type,
  t,
  toJsonSchema,
  typeOfValue,
  unionOf,
} from '../types.ts';
import { describeValue } from './check-value.ts';

const file: Json = { kind: 'file', id: 'f1', name: 'leads.csv', mime: 'text/csv', bytes: 10 };

describe('making types', () => {
  test('a union is as small as what it holds', () => {
    expect(unionOf([])).toEqual(t.any());
    expect(unionOf([t.string(), t.any()])).toEqual(t.any());
    expect(t.union(t.string(), t.string())).toEqual(t.string());
    expect(t.union(t.integer(), t.number(), t.null())).toEqual({ type: 'union', of: [t.number(), t.null()] });
    expect(t.union(t.string({ enum: ['b'] }), t.string({ enum: ['a', 'b'] }))).toEqual(t.string({ enum: ['a', 'b'] }));
    expect(t.union(t.string({ enum: ['a'] }), t.string())).toEqual(t.string());
    expect(t.union(t.string({ format: 'email' }), t.string({ format: 'email' }))).toEqual(
      t.string({ format: 'email' }),
    );
    expect(t.union(t.string({ format: 'email' }), t.string({ format: 'uri' }))).toEqual(t.string());
    expect(t.union(t.file(), t.string())).toEqual({ type: 'union', of: [t.file(), t.string()] });
    expect(t.union(t.file(), t.file())).toEqual(t.file());
    expect(t.union(t.number({ minimum: 1 }), t.number({ minimum: 2 }))).toEqual(t.number());
    expect(t.union(t.array(t.string()), t.array(t.string()))).toEqual(t.array(t.string()));
    expect(t.union(t.union(t.string(), t.null()), t.boolean())).toEqual({
      type: 'union',
      of: [t.string(), t.null(), t.boolean()],
    });
  });

  test('null is added once', () => {
    expect(t.nullable(t.string())).toEqual({ type: 'union', of: [t.string(), t.null()] });
    expect(t.nullable(t.nullable(t.string()))).toEqual(t.nullable(t.string()));
    expect(t.nullable(t.any())).toEqual(t.any());
    expect(isNullable(t.string())).toBe(false);
  });

  test('types are the same by content', () => {
    expect(sameType(t.object({ a: t.string() }), t.object({ a: t.string() }))).toBe(true);
    expect(sameType(t.string(), t.integer())).toBe(false);
  });
});

describe('types in the operator’s words', () => {
  test.each<[Type, string]>([
    [t.any(), 'anything'],
    [t.null(), 'null'],
    [t.boolean(), 'true or false'],
    [t.number(), 'number'],
    [t.integer({ minimum: 0, maximum: 5 }), 'whole number from 0 to 5'],
    [t.number({ minimum: 1 }), 'number of at least 1'],
    [t.number({ maximum: 1 }), 'number of at most 1'],
    [t.string(), 'text'],
    [t.string({ format: 'multiline' }), 'text'],
    [t.string({ format: 'email' }), 'e-mail address'],
    [t.string({ format: 'date-time' }), 'date and time'],
    [t.string({ format: 'uri' }), 'web address'],
    [t.file(), 'file'],
    [t.string({ enum: ['a'] }), 'the text "a"'],
    [t.string({ enum: ['a', 'b'] }), 'one of "a", "b"'],
    [t.string({ enum: ['1', '2', '3', '4', '5', '6', '7'] }), 'one of "1", "2", "3", "4", "5", "6", …'],
    [t.array(t.any()), 'list'],
    [t.array(t.string()), 'list of text'],
    [t.object({}), 'object'],
    [t.record(t.any()), 'object'],
    [t.record(t.number()), 'object of number'],
    [t.object({ a: t.string(), b: t.string() }, ['a']), 'object {a, b?}'],
    [t.object({ a: t.string() }, ['a'], t.any()), 'object {a, …}'],
    [t.array(t.array(t.object({ a: t.string() }))), 'list of list of object'],
    [t.nullable(t.string()), 'text or null'],
  ])('%j is %s', (type, words) => {
    expect(describeType(type)).toBe(words);
  });
});

describe('what may be bound where', () => {
  test.each<[Type, Type]>([
    [t.any(), t.string()],
    [t.string(), t.any()],
    [t.integer(), t.number()],
    [t.string(), t.string({ format: 'email' })],
    [t.string({ enum: ['a'] }), t.string({ enum: ['a', 'b'] })],
    [t.string(), t.nullable(t.string())],
    [t.array(t.integer()), t.array(t.number())],
    [t.object({ a: t.string(), more: t.null() }), t.object({ a: t.string() })],
    [t.object({}), t.object({ a: t.string() }, [])],
    [t.record(t.string()), t.object({ a: t.string() }, [])],
    [t.boolean(), t.boolean()],
    [t.null(), t.null()],
    [t.file(), t.file()],
  ])('%j may be bound to %j', (from, to) => {
    expect(assignable(from, to)).toBeNull();
  });

  test.each<[Type, Type, string, string, string]>([
    [t.number(), t.integer(), '', 'whole number', 'number'],
    [t.string(), t.number(), '', 'number', 'text'],
    [t.string(), t.boolean(), '', 'true or false', 'text'],
    [t.number(), t.string(), '', 'text', 'number'],
    [t.string(), t.string({ enum: ['a'] }), '', 'the text "a"', 'text'],
    [t.string({ enum: ['c'] }), t.string({ enum: ['a', 'b'] }), '', 'one of "a", "b"', 'the text "c"'],
    [t.string(), t.file(), '', 'file', 'text'],
    [t.string(), t.array(t.string()), '', 'list of text', 'text'],
    [t.string(), t.object({ a: t.string() }), '', 'object {a}', 'text'],
    [t.nullable(t.string()), t.string(), '', 'text', 'text or null'],
    [t.string(), t.nullable(t.number()), '', 'number or null', 'text'],
    [t.array(t.string()), t.array(t.number()), '[]', 'number', 'text'],
    [t.object({}), t.object({ a: t.string() }), 'a', 'text', 'nothing'],
    [t.object({ a: t.string() }, []), t.object({ a: t.string() }), 'a', 'text', 'text that may be absent'],
    [t.object({ a: t.object({ b: t.null() }) }), t.object({ a: t.object({ b: t.string() }) }), 'a.b', 'text', 'null'],
    [t.object({ a: t.null() }), t.nullable(t.object({ a: t.string() })), 'a', 'text', 'null'],
  ])('%j may not be bound to %j', (from, to, at, expected, got) => {
    expect(assignable(from, to)).toEqual({ at, expected, got });
  });
});

describe('values of a type', () => {
  test.each<[Type, Json]>([
    [t.any(), { a: [1] }],
    [t.null(), null],
    [t.boolean(), false],
    [t.number({ minimum: 0, maximum: 1 }), 0.5],
    [t.integer(), 3],
    [t.string(), ''],
    [t.string({ format: 'multiline' }), 'a\nb'],
    [t.string({ format: 'email' }), 'maria@example.test'],
    [t.string({ format: 'date-time' }), '2026-01-31T09:30:00.5Z'],
    [t.string({ format: 'uri' }), 'https://example.test/a'],
    [t.file(), file],
    [t.array(t.integer()), [1, 2]],
    [t.object({ a: t.string() }), { a: 'x', more: 1 }],
    [t.object({ a: t.string() }, []), {}],
    [t.object({ a: t.string() }, ['a'], t.number()), { a: 'x', b: 1 }],
    [t.nullable(t.string()), null],
  ])('%j has %j', (type, value) => {
    expect(checkValue(type, value)).toBeNull();
  });

  test.each<[Type, Json, string, string, string]>([
    [t.null(), 1, '', 'null', '1'],
    [t.boolean(), 'true', '', 'true or false', '"true"'],
    [t.number(), '1', '', 'number', '"1"'],
    [t.number({ maximum: 1 }), 2, '', 'number of at most 1', '2'],
    [t.integer(), 1.5, '', 'whole number', '1.5'],
    [t.string(), 1, '', 'text', '1'],
    [t.string({ enum: ['a'] }), 'b', '', 'the text "a"', '"b"'],
    [t.string({ format: 'email' }), 'maria', '', 'e-mail address', '"maria"'],
    [t.string({ format: 'email' }), `a@${'b'.repeat(260)}`, '', 'e-mail address', `"a@${'b'.repeat(58)}…"`],
    [t.string({ format: 'date-time' }), 'yesterday', '', 'date and time', '"yesterday"'],
    [t.string({ format: 'date-time' }), '2026-99-31T09:30:00Z', '', 'date and time', '"2026-99-31T09:30:00Z"'],
    [t.string({ format: 'uri' }), 'no address', '', 'web address', '"no address"'],
    [t.file(), 'leads.csv', '', 'file', '"leads.csv"'],
    [t.file(), { kind: 'file' }, '', 'file', 'an object'],
    [t.array(t.integer()), [1, 'x'], '[1]', 'whole number', '"x"'],
    [t.array(t.integer()), { 0: 1 }, '', 'list of whole number', 'an object'],
    [t.object({ a: t.string() }), [], '', 'object {a}', 'a list of 0'],
    [t.object({ a: t.string() }), {}, 'a', 'text', 'nothing'],
    [t.object({ a: t.object({ b: t.string() }) }), { a: { b: null } }, 'a.b', 'text', 'null'],
    [t.array(t.object({ a: t.string() })), [{ a: 1 }], '[0].a', 'text', '1'],
    [t.record(t.number()), { a: 'x' }, 'a', 'number', '"x"'],
    [t.array(t.record(t.number())), [{ a: 'x' }], '[0].a', 'number', '"x"'],
    [t.nullable(t.object({ a: t.string() })), { a: 1 }, 'a', 'text', '1'],
    [t.nullable(t.string()), 1, '', 'text or null', '1'],
  ])('%j has not %j', (type, value, path, expected, got) => {
    expect(checkValue(type, value)).toEqual({ path, expected, got });
  });

  test('a number that is none fits no number', () => {
    expect(checkValue(t.number(), Number.NaN)?.got).toBe('NaN');
    expect(describeValue(true)).toBe('true');
  });
});

describe('the type of a value', () => {
  test.each<[Json, Type]>([
    [null, t.null()],
    [true, t.boolean()],
    [1, t.integer()],
    [1.5, t.number()],
    ['a', t.string()],
    [[], t.array(t.any())],
    [[1, 'a'], t.array(t.union(t.integer(), t.string()))],
    [{ a: 1 }, t.object({ a: t.integer() })],
    [
      [{ a: 1 }, { a: 'x', b: [{ c: 1 }] }, null],
      t.array(
        t.union(
          t.object({ a: t.union(t.integer(), t.string()), b: t.array(t.object({ c: t.integer() })) }, ['a']),
          t.null(),
        ),
      ),
    ],
  ])('%j', (value, type) => {
    expect(typeOfValue(value)).toEqual(type);
  });

  test('every value has the type that is found for it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(checkValue(typeOfValue(json), json)).toBeNull();
      }),
    );
  });
});

describe('types and JSON Schema', () => {
  test.each<[Type]>([
    [t.any()],
    [t.null()],
    [t.boolean()],
    [t.number({ minimum: 0.5 })],
    [t.integer({ minimum: 0, maximum: 9 })],
    [t.string({ format: 'email' })],
    [t.string({ enum: ['a', 'b'] })],
    [t.file()],
    [t.array(t.object({ a: t.string(), b: t.nullable(t.integer()) }, ['a']))],
    [t.record(t.string())],
    [t.object({})],
  ])('%j is published and read back', (type) => {
    expect(fromJsonSchema(toJsonSchema(type))).toEqual(type);
  });

  test('a zod schema gives the type of what it gives out', () => {
    const schema = z.object({
      to: z.email(),
      at: z.iso.datetime(),
      url: z.url(),
      kind: z.enum(['a', 'b']),
      count: z.int(),
      share: z.number().min(0).max(1),
      tags: z.array(z.string()).optional(),
      any: z.unknown(),
      date: z.date(),
      none: z.string().nullable(),
      one: z.literal('x'),
      record: z.record(z.string(), z.boolean()),
    });
    expect(fromZod(schema)).toEqual(
      t.object(
        {
          to: t.string({ format: 'email' }),
          at: t.string({ format: 'date-time' }),
          url: t.string({ format: 'uri' }),
          kind: t.string({ enum: ['a', 'b'] }),
          count: t.integer(),
          share: t.number({ minimum: 0, maximum: 1 }),
          tags: t.array(t.string()),
          any: t.any(),
          date: t.any(),
          none: t.nullable(t.string()),
          one: t.string({ enum: ['x'] }),
          record: t.record(t.boolean()),
        },
        ['to', 'at', 'url', 'kind', 'count', 'share', 'any', 'date', 'none', 'one', 'record'],
      ),
    );
  });

  test.each<[Json, Type]>([
    [true, t.any()],
    [{}, t.any()],
    [{ type: 'unheard of' }, t.any()],
    [{ type: ['string', 'null'] }, t.nullable(t.string())],
    [{ type: ['string', 'null'], enum: ['a', null] }, t.nullable(t.string({ enum: ['a'] }))],
    [{ type: 'string', nullable: true }, t.nullable(t.string())],
    [{ type: 'string', format: 'url' }, t.string({ format: 'uri' })],
    [{ type: 'string', format: 'ipv4' }, t.string()],
    [{ const: 3 }, t.integer()],
    [{ const: 1.5 }, t.number()],
    [{ enum: [true, null, { a: 1 }] }, t.any()],
    [{ enum: [true, null, 'a', 'a'] }, t.union(t.string({ enum: ['a'] }), t.boolean(), t.null())],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, t.union(t.string(), t.integer())],
    [{ type: 'array' }, t.array(t.any())],
    [{ type: 'object' }, t.record(t.any())],
    [{ type: 'object', additionalProperties: false }, t.object({})],
    [{ type: 'object', properties: { a: {} } }, t.object({ a: t.any() }, [])],
    [{ type: 'object', properties: { a: {} }, additionalProperties: true }, t.object({ a: t.any() }, [], t.any())],
    [{ properties: { a: { type: 'string' } }, required: ['a', 'b'] }, t.object({ a: t.string() })],
    [{ $ref: '#/$defs/a', $defs: { a: { type: 'string' } } }, t.string()],
    [{ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'string' } } }, t.string()],
    [{ $ref: '#/$defs/none/deeper' }, t.any()],
    [{ $ref: 'https://example.test/schema' }, t.any()],
    [{ $ref: '#' }, t.any()],
  ])('the schema %j reads as %j', (schema, type) => {
    expect(fromJsonSchema(schema)).toEqual(type);
  });

  test('a member named __proto__ is left out', () => {
    expect(fromJsonSchema(JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'))).toEqual(
      t.record(t.any()),
    );
  });

  test('any JSON reads as a type', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(describeType(fromJsonSchema(value as Json))).toBeTypeOf('string');
      }),
    );
  });
});
