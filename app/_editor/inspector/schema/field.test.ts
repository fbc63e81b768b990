import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { definitions } from '#app/_canvas/definitions.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { type Control, configFields, fieldsOf } from './field.ts';

function controlOf(schema: z.ZodType): Control | undefined {
  const root = z.toJSONSchema(z.object({ a: schema }), { io: 'input', unrepresentable: 'any' }) as JsonObject;
  return fieldsOf(root, root)[0]?.control;
}
const nodeType = (type: string) => definitions.get(type) as AnyNodeDeclaration;

describe('the form of a configuration', () => {
  it.each([
    ['text', z.string(), { kind: 'text' }],
    ['a whole number', z.int().min(1).max(9), { kind: 'number', integer: true, minimum: 1, maximum: 9 }],
    ['yes or no', z.boolean(), { kind: 'boolean' }],
    [
      'a span of time',
      z.int().min(1).max(60_000).nullable().meta({ widget: 'duration' }),
      { kind: 'duration', unitMs: 1, minimumMs: 1, maximumMs: 60_000 },
    ],
    [
      'a span held in seconds',
      z.number().max(60).meta({ widget: 'duration', unitMs: 1_000 }),
      { kind: 'duration', unitMs: 1_000, minimumMs: 0, maximumMs: 60_000 },
    ],
    ['a choice', z.enum(['a', 'b']), { kind: 'choice', options: ['a', 'b'] }],
    ['a prompt', z.string().meta({ widget: 'prompt' }), { kind: 'prompt' }],
    ['any plain value', z.union([z.string(), z.number(), z.boolean()]), { kind: 'scalar' }],
    ['a record', z.record(z.string(), z.string()), { kind: 'json' }],
    ['anything', z.any(), { kind: 'json' }],
    ['a list of texts', z.array(z.string()), { kind: 'list', item: { kind: 'text' }, blank: '' }],
  ])('has a control for %s', (_name, schema, control) => {
    expect(controlOf(schema)).toEqual(control);
  });

  it('lets a field be empty where null is allowed, and keeps its bounds', () => {
    const [field] = configFields(nodeType('flow.map'));
    expect(field).toMatchObject({
      name: 'maxItems',
      nullable: true,
      fallback: 1_000,
      control: { kind: 'number', minimum: 1 },
    });
  });

  it('begins a new item with what has no default', () => {
    const rules = configFields(nodeType('policy.check')).find(({ name }) => name === 'rules');
    expect(rules?.control).toMatchObject({ kind: 'list', blank: { name: '', when: '' } });
  });

  it('tells variants apart by their constant member', () => {
    const variants = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text') }).meta({ title: 'Text' }),
      z.strictObject({ kind: z.literal('json'), schema: z.record(z.string(), z.json()) }),
    ]);
    expect(controlOf(variants)).toMatchObject({
      kind: 'variants',
      tag: 'kind',
      variants: [
        { value: 'text', title: 'Text', fields: [] },
        { value: 'json', title: 'json', fields: [{ name: 'schema', control: { kind: 'json' } }] },
      ],
    });
  });

  it('types every span of time with its unit', () => {
    for (const declaration of definitions.values())
      for (const field of configFields(declaration))
        if (field.name.endsWith('Ms')) expect(field.control.kind, `${declaration.type}.${field.name}`).toBe('duration');
  });

  it('exists for every node type, with a title on every field', () => {
    for (const declaration of definitions.values())
      for (const field of configFields(declaration))
        expect(field.title, `${declaration.type}.${field.name}`).not.toBe('');
  });
});
