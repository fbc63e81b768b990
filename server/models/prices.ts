import type { Pool } from 'pg';
import { listPrices } from './price-data.ts';

/** A stored price: micro-dollars for a million tokens. */
export type Price = { id: string; inputMicros: bigint; outputMicros: bigint };
export type Usage = { inputTokens: number; outputTokens: number };

const million = 1_000_000n;

/** Writes the shipped prices into the table `price`. Rows that are there already stay as they are. */
export async function syncPrices(db: Pool): Promise<void> {
  const rows = listPrices.map(({ provider, model, inputDollars, outputDollars, from, source }) => ({
    id: `${provider}:${model}:${from}`,
    provider,
    model,
    input_micros: micros(inputDollars).toString(),
    output_micros: micros(outputDollars).toString(),
    source,
    valid_from: `${from}T00:00:00Z`,
  }));
  await db.query(
    `insert into price (id, provider, model, input_micros, output_micros, source, valid_from)
     select * from jsonb_to_recordset($1::jsonb) as r(id text, provider text, model text, input_micros bigint,
       output_micros bigint, source text, valid_from timestamptz)
     on conflict (id) do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Dollars as a price list writes them, such as "0.40", in exact micro-dollars. */
export function micros(dollars: string): bigint {
  const [whole = '', fraction = ''] = dollars.split('.');
  if (!/^\d+$/.test(whole) || !/^\d{0,6}$/.test(fraction)) throw new Error(`Not a price in dollars: "${dollars}".`);
  return BigInt(whole) * million + BigInt(fraction.padEnd(6, '0'));
}

/** Cost in micro-dollars, rounded up, so that the sum of many calls is never below the bill. */
export function costMicros(usage: Usage, price: Price | null): bigint {
  if (!price) return 0n;
  const exact = BigInt(usage.inputTokens) * price.inputMicros + BigInt(usage.outputTokens) * price.outputMicros;
  return (exact + million - 1n) / million;
}

/**
 * The price in force for a model, or null where none is known. A dated name such as gpt-4.1-2025-04-14 has the price of
 * its family. A server that speaks OpenAI's protocol and serves one of OpenAI's models is taken to charge OpenAI's price.
 */
export async function findPrice(db: Pool, provider: string, models: string[]): Promise<Price | null> {
  const names = [...new Set(models.flatMap((name) => [name, name.replace(/-\d{4}-\d{2}-\d{2}$/, '')]))];
  const { rows } = await db.query<{ id: string; inputMicros: string; outputMicros: string }>(
    `select id, input_micros as "inputMicros", output_micros as "outputMicros" from price
      where provider in ($1, 'openai') and model = any($2) and valid_from <= now()
      order by provider = $1 desc, array_position($2, model), valid_from desc limit 1`,
    [provider, names],
  );
  const found = rows[0];
  if (!found) return null;
  return { id: found.id, inputMicros: BigInt(found.inputMicros), outputMicros: BigInt(found.outputMicros) };
}
