import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pool } from '#server/db/pool.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { findPrice, syncPrices } from '#server/models/prices.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { listPrices } from './list-prices.ts';
import { setPrice, setPriceSchema } from './set-price.ts';

let database: TestDatabase;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase();
  scope = scopeOf((await ensureFirstProject()).id, 'Ann');
  await syncPrices(database.pool);
});
afterAll(async () => await database.close());

const set = (price: Record<string, unknown>) =>
  setPrice(scope, setPriceSchema.parse({ inputMicros: 1_000_000, outputMicros: 2_000_000, ...price }));
const shown = async (model: string) => (await listPrices(scope)).prices.filter((price) => price.model === model);

describe('the price table', () => {
  test('ships what current models cost, with source and day', async () => {
    const [price] = await shown('gpt-4.1-mini');
    expect(price).toMatchObject({
      provider: 'openai',
      inputMicros: 400_000,
      cachedInputMicros: 100_000,
      outputMicros: 1_600_000,
      batchPermille: 500,
      source: 'https://openai.com/api/pricing',
      setBy: null,
      validFrom: Date.parse('2025-04-14'),
      inForce: true,
    });
  });

  test('takes a newer price beside the old one, which stays as it was', async () => {
    const before = await shown('gpt-4o');
    const { id } = await set({ provider: 'openai', model: 'gpt-4o' });
    const after = await shown('gpt-4o');
    expect(after.find((price) => price.id === before[0]?.id)).toEqual({ ...before[0], inForce: false });
    expect(after.filter(({ inForce }) => inForce)).toMatchObject([{ id, setBy: 'Ann', inputMicros: 1_000_000 }]);
    expect((await findPrice(pool(), 'openai', ['gpt-4o-2024-11-20']))?.id).toBe(id);
  });

  test('keeps what the operator set where a newer version ships a later price', async () => {
    const { id } = await set({ provider: 'openai', model: 'gpt-4.1' });
    await database.pool.query(
      `insert into price (id, provider, model, input_micros, output_micros, source, valid_from)
       values ('openai:gpt-4.1:later', 'openai', 'gpt-4.1', 9, 9, 'list', now())`,
    );
    expect((await findPrice(pool(), 'openai', ['gpt-4.1']))?.id).toBe(id);
    expect((await shown('gpt-4.1')).find(({ inForce }) => inForce)?.id).toBe(id);
  });

  test('knows a model that is free from one whose price nobody knows', async () => {
    expect(await findPrice(pool(), 'localhost:11434', ['llama3.2'])).toBeNull();
    await set({ provider: 'localhost:11434', model: 'llama3.2', inputMicros: 0, outputMicros: 0 });
    expect(await findPrice(pool(), 'localhost:11434', ['llama3.2'])).toMatchObject({ inputMicros: 0n });
  });

  test('names who changed it, and refuses what is no price', async () => {
    const { rows } = await database.pool.query(
      `select actor, subject from audit_entry where action = 'price.set' order by id limit 1`,
    );
    expect(rows).toEqual([{ actor: 'Ann', subject: 'openai gpt-4o' }]);
    for (const wrong of [{ inputMicros: -1 }, { outputMicros: 0.5 }, { model: ' ' }, { batchPermille: 1_001 }])
      expect(() =>
        setPriceSchema.parse({ provider: 'openai', model: 'x', inputMicros: 1, outputMicros: 1, ...wrong }),
      ).toThrow();
  });
});
