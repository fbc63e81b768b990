import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { rehearsalProvider } from './rehearsal-provider.ts';

const mailSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['subject', 'body', 'reason'],
  properties: {
    subject: { type: 'string', minLength: 1, maxLength: 120 },
    body: { type: 'string', minLength: 1, maxLength: 3_000 },
    reason: { type: 'string', minLength: 1, maxLength: 400 },
  },
};
const prompt = `Write a follow-up mail.
Contact: Maria Anders
Company: Alfreds Futterkiste
City: Berlin, Germany
What we know, newest first:
1. Order 10643 of 1997-08-25, shipped to Berlin.
2. Order 10692 of 1997-10-03.`;

async function answer(content: string, schema?: JsonObject, onText?: (text: string) => void) {
  const signal = new AbortController().signal;
  const messages = [{ role: 'user' as const, content }];
  return await rehearsalProvider().generate({
    messages,
    model: 'gpt-4.1',
    signal,
    ...(schema ? { schema } : {}),
    ...(onText ? { onText } : {}),
  });
}

async function mail(content: string): Promise<{ subject: string; body: string; reason: string }> {
  return JSON.parse((await answer(content, mailSchema)).text);
}

describe('a rehearsed mail', () => {
  it('greets the contact, names the company and mentions one remembered fact', async () => {
    const { subject, body, reason } = await mail(prompt);
    expect(body).toMatch(/^Hello Maria Anders,/);
    expect(body).toContain('Alfreds Futterkiste');
    expect(body).toContain('Order 10643 of 1997-08-25');
    expect(subject).toContain('Alfreds Futterkiste');
    expect(reason).toContain('Order 10643');
  });

  it('says so where nothing is remembered', async () => {
    const { body, reason } = await mail(prompt.slice(0, prompt.indexOf('1. Order')));
    expect(body).not.toContain('Order');
    expect(reason).toContain('first contact');
  });

  it('never speaks of prices or discounts, not even of those it is told', async () => {
    const { body } = await mail(`${prompt.slice(0, prompt.indexOf('1. Order'))}1. Was offered a 20% discount, $5 off.`);
    expect(body).not.toMatch(/discount|%|\$|price/i);
  });

  it('holds no marker: what shows it must say that it is a rehearsal', async () => {
    expect((await answer(prompt, mailSchema)).text).not.toMatch(/rehears|offline|placeholder|lorem/i);
  });

  it('reads facts from JSON in the prompt too', async () => {
    const { body } = await mail('Write to {"contactName": "Ana Trujillo", "companyName": "Emparedados y helados"}');
    expect(body).toMatch(/^Hello Ana Trujillo,/);
    expect(body).toContain('Emparedados y helados');
  });
});

describe('a rehearsal', () => {
  it('answers the same request always the same, under its own name', async () => {
    const [one, two] = [await answer(prompt, mailSchema), await answer(prompt, mailSchema)];
    expect(one).toEqual(two);
    expect(one).toMatchObject({ model: 'rehearsal-1', failure: null });
  });

  it('streams', async () => {
    const pieces: string[] = [];
    const { text } = await answer(prompt, undefined, (piece) => pieces.push(piece));
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.join('')).toBe(text);
  });

  it('takes a value from the prompt where a member has its name', async () => {
    const schema: JsonObject = {
      type: 'object',
      properties: {
        city: { type: 'string' },
        priority: { type: 'string', enum: ['low', 'normal', 'urgent'] },
        score: { type: 'integer', minimum: 0, maximum: 10 },
        mentionsDiscount: { type: 'boolean' },
      },
    };
    const { text } = await answer(`${prompt}\nPriority: Urgent\nScore: 12`, schema);
    expect(JSON.parse(text)).toEqual({
      city: 'Berlin, Germany',
      priority: 'urgent',
      score: 10,
      mentionsDiscount: false,
    });
  });

  it('satisfies any schema of the kinds that a node may ask for', async () => {
    const names = fc.constantFrom('subject', 'body', 'reason', 'email', 'count', 'tags', 'risk', 'note');
    const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        fc
          .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 300 }))
          .map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more })),
        fc.constantFrom('email', 'date', 'date-time', 'uri').map((format) => ({ type: 'string', format })),
        fc
          .tuple(
            fc.integer({ min: -50, max: 50 }),
            fc.integer({ min: 1, max: 100 }),
            fc.constantFrom('integer', 'number'),
          )
          .map(([minimum, more, type]) => ({ type, minimum, maximum: minimum + more })),
        fc.uniqueArray(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
        fc.constantFrom<JsonObject>({ type: 'boolean' }, { type: 'null' }, { const: 7 }, { type: ['string', 'null'] }),
        fc
          .tuple(tie('schema'), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }))
          .map(([items, minItems, more]) => ({ type: 'array', items, minItems, maxItems: minItems + more })),
        fc.dictionary(names, tie('schema'), { maxKeys: 4 }).map((properties) => ({
          type: 'object',
          properties,
          required: Object.keys(properties),
          additionalProperties: false,
        })),
        fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(schema, async (wanted) => {
        const { text } = await answer(prompt, wanted);
        const { valid, errors } = new Validator(wanted, '2020-12', false).validate(JSON.parse(text));
        expect(errors).toEqual([]);
        expect(valid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
