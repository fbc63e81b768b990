import { expect, test } from 'vitest';
import type { Json } from './json.ts';
import { schemaProblems } from './json-schema.ts';

test('a plain schema may be used', () => {
  expect(
    schemaProblems({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        subject: { type: 'string', minLength: 1, maxLength: 120, description: 'Of the mail' },
        score: { type: ['number', 'null'], minimum: 0, exclusiveMaximum: 1 },
        tags: { type: 'array', items: { enum: ['new', 'old'] }, maxItems: 3 },
      },
      required: ['subject'],
      additionalProperties: false,
    }),
  ).toEqual([]);
});

test.each([
  ['pattern', { type: 'string', pattern: '(a+)+$' }],
  ['patternProperties', { patternProperties: { '(a+)+$': {} } }],
  ['$ref', { $ref: '#' }],
  ['uniqueItems', { type: 'array', uniqueItems: true }],
])('a schema with "%s", which could make a check run for ever, is refused', (keyword, schema) => {
  expect(schemaProblems(schema)).toEqual([
    { field: '', message: `"${keyword}" is not supported in a schema. Remove it.` },
  ]);
});

test('a problem deep in the schema is named by its place', () => {
  expect(schemaProblems({ properties: { email: { type: 'text' } } })).toMatchObject([
    { field: 'properties.email.type' },
  ]);
  expect(schemaProblems({ anyOf: [{ type: 'string' }, { items: { pattern: 'a' } }] })).toEqual([
    { field: 'anyOf[1].items', message: '"pattern" is not supported in a schema. Remove it.' },
  ]);
});

test('what is not a schema at all is refused', () => {
  for (const value of [null, 7, 'text', []] as Json[]) expect(schemaProblems(value)).toHaveLength(1);
});

test('a schema that is nested too deeply is refused', () => {
  let schema: Json = {};
  for (let level = 0; level < 40; level++) schema = { items: schema };
  expect(schemaProblems(schema)).toEqual([{ field: '', message: 'It is nested more than 32 levels deep.' }]);
});
