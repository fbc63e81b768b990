import { describe, expect, it } from 'vitest';
import { checkValue, nullable, type Type, t } from '#nodes/core/types.ts';
import { sampleOf, sampleValues } from './sample.ts';

describe('sample values', () => {
  it.each<[string, Type]>([
    ['text', t.string()],
    ['a choice', t.string({ enum: ['low', 'high'] })],
    ['an e-mail address', t.string({ format: 'email' })],
    ['a time', t.string({ format: 'date-time' })],
    ['an address', t.string({ format: 'uri' })],
    ['a file', t.file()],
    ['a bounded number', t.number({ minimum: 50, maximum: 60 })],
    ['a small whole number', t.integer({ maximum: 1 })],
    ['yes or no', t.boolean()],
    ['a list of objects', t.array(t.object({ name: t.string(), total: t.number() }, ['name']))],
    ['what may be null', nullable(t.object({ score: t.number() }))],
    ['null', t.null()],
    ['anything', t.any()],
  ])('are of the type: %s', (_name, type) => {
    expect(checkValue(type, sampleOf(type, 'value'))).toBeNull();
  });

  it('follow the name that they stand under', () => {
    const { customer, items } = sampleValues({
      customer: t.object({ email: t.string(), company: t.string(), lastOrderNote: t.string(), shoeSize: t.string() }),
      items: t.array(t.object({ name: t.string() })),
    });
    expect(customer).toMatchObject({ email: 'maria@example.test', company: 'Alfreds Futterkiste' });
    expect(customer).toMatchObject({ shoeSize: 'some shoe size' });
    expect(items).toEqual([{ name: 'Maria Anders' }, { name: 'Thomas Hardy' }]);
  });

  it('have what may be absent, and the part of a union that says something', () => {
    expect(sampleOf(t.object({ note: nullable(t.string()) }, []))).toEqual({
      note: 'Thank you for your order. It is on its way.',
    });
  });

  it('end in types that hold themselves', () => {
    let type: Type = t.string();
    for (let depth = 0; depth < 30; depth++) type = t.array(type);
    expect(JSON.stringify(sampleOf(type))).toContain('null');
  });
});
