import type { Pool } from 'pg';
import { listPrices } from './price-data.ts';

/** A stored price: micro-dollars for a million tokens. */
export type Price = {
  id: string;
  inputMicros: bigint;
  /** Null: cached input costs what other input does. */
  cachedInputMicros: bigint | null;
  outputMicros: bigint;
  /** What of it a batch costs, in thousandths. */
  batchPermille: number;
  /** The most tokens that the model answers with, null where that is not known. */
  longestAnswer: number | null;
};
export type Usage = {
  inputTokens: number;
  /** Of the input tokens, those that the provider had kept from an earlier call. */
  cachedInputTokens?: number | undefined;
  outputTokens: number;
};

const million = 1_000_000n;
const whole = 1_000n;

/** Writes the shipped prices into the table `price`. Rows that are there already stay as they are. */
export async function syncPrices(db: Pool): Promise<void> {
  const rows = listPrices.map((price) => ({
    id: `${price.provider}:${price.model}:${price.from}`,
    provider: price.provider,
    model: price.model,
    input_micros: micros(price.inputDollars).toString(),
    cached_input_micros: price.cachedInputDollars === null ? null : micros(price.cachedInputDollars).toString(),
    output_micros: micros(price.outputDollars).toString(),
    batch_permille: price.batchPermille,
    longest_answer: price.longestAnswer,
    source: price.source,
    valid_from: `${price.from}T00:00:00Z`,
  }));
  await db.query(
    `insert into price (id, provider, model, input_micros, cached_input_micros, output_micros, batch_permille, longest_answer, source, valid_from)
     select * from jsonb_to_recordset($1::jsonb) as r(id text, provider text, model text, input_micros bigint,
       cached_input_micros bigint, output_micros bigint, batch_permille int, longest_answer int, source text, valid_from timestamptz)
     on conflict (id) do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Dollars as a price list writes them, such as "0.40", in exact micro-dollars. */
export function micros(dollars: string): bigint {
  const [units = '', fraction = ''] = dollars.split('.');
  if (!/^\d+$/.test(units) || !/^\d{0,6}$/.test(fraction)) throw new Error(`Not a price in dollars: "${dollars}".`);
  return BigInt(units) * million + BigInt(fraction.padEnd(6, '0'));
}

/** Cost in micro-dollars, rounded up once for the whole call, so that the sum of many calls is never below the bill. */
export function costMicros(usage: Usage, price: Price | null, { batch = false } = {}): bigint {
  if (!price) return 0n;
  const cached = BigInt(Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens));
  const exact =
    (BigInt(usage.inputTokens) - cached) * price.inputMicros +
    cached * (price.cachedInputMicros ?? price.inputMicros) +
    BigInt(usage.outputTokens) * price.outputMicros;
  const share = batch ? BigInt(price.batchPermille) : whole;
  const unit = million * whole;
  return (exact * share + unit - 1n) / unit;
}

/** What a batch costs, each rate rounded up: for what has to be known before, where exactness is not to be had. */
export function batchPriced(price: Price): Price {
  const share = (rate: bigint): bigint => (rate * BigInt(price.batchPermille) + whole - 1n) / whole;
  const { inputMicros, cachedInputMicros, outputMicros } = price;
  return {
    ...price,
    inputMicros: share(inputMicros),
    cachedInputMicros: cachedInputMicros === null ? null : share(cachedInputMicros),
    outputMicros: share(outputMicros),
  };
}

/** Whether calls by this price may cost anything. */
export const charges = (price: Price): boolean => price.inputMicros > 0n || price.outputMicros > 0n;

type Row = {
  id: string;
  inputMicros: string;
  cachedInputMicros: string | null;
  outputMicros: string;
  batchPermille: number;
  longestAnswer: number | null;
};

/**
 * The price in force for a model, or null where none is known. A dated name such as gpt-4.1-2025-04-14 has the price of
 * its family. A server that speaks OpenAI's protocol and serves one of OpenAI's models is taken to charge OpenAI's price.
 * What the operator set goes before what was shipped, also where a newer version ships a later row.
 */
export async function findPrice(
  db: { query: Pool['query'] },
  provider: string,
  models: string[],
): Promise<Price | null> {
  const names = [...new Set(models.flatMap((name) => [name, name.replace(/-\d{4}-\d{2}-\d{2}$/, '')]))];
  const { rows } = await db.query<Row>(
    `select id, input_micros as "inputMicros", cached_input_micros as "cachedInputMicros", output_micros as "outputMicros",
            batch_permille as "batchPermille", longest_answer as "longestAnswer" from price
      where provider in ($1, 'openai') and model = any($2) and valid_from <= now()
      order by provider = $1 desc, array_position($2, model), set_by is not null desc, valid_from desc limit 1`,
    [provider, names],
  );
  const [found] = rows;
  if (!found) return null;
  const { inputMicros, cachedInputMicros, outputMicros, ...rest } = found;
  return {
    ...rest,
    inputMicros: BigInt(inputMicros),
    cachedInputMicros: cachedInputMicros === null ? null : BigInt(cachedInputMicros),
    outputMicros: BigInt(outputMicros),
  };
}
