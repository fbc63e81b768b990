import type { Json } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import type { StepEffect, StepSpend } from './types.ts';

/** The model calls that a step paid for, each with the price it was charged by. */
export async function spendOf(stepId: string): Promise<StepSpend[]> {
  const rows = await query<
    Omit<StepSpend, 'inputMicrosPerM' | 'outputMicrosPerM' | 'costMicros' | 'at'> & {
      input: string | null;
      output: string | null;
      cost: string;
      at: Date;
    }
  >(
    `select s.model, s.provider, s.rehearsal, s.input_tokens as "inputTokens", s.output_tokens as "outputTokens",
            s.price_id as "priceId", p.input_micros::text as input, p.output_micros::text as output,
            s.cost_micros::text as cost, s.cached,
            case when s.answer->'answer'->'batch' is not null then coalesce(p.batch_permille, 1000) else 1000 end as permille, s.at
       from spend s left join price p on p.id = s.price_id where s.step_id = $1 order by s.id`,
    [stepId],
  );
  return rows.map(({ input, output, cost, at, ...rest }) => ({
    ...rest,
    inputMicrosPerM: input === null ? null : Number(input),
    outputMicrosPerM: output === null ? null : Number(output),
    costMicros: Number(cost),
    at: at.getTime(),
  }));
}

/** What a step did to the outside: intents and receipts. */
export async function effectsOf(stepId: string): Promise<StepEffect[]> {
  const rows = await query<{
    key: string;
    kind: string;
    status: string;
    receipt: Json;
    intentAt: Date;
    receiptAt: Date | null;
  }>(
    `select key, kind, status, receipt, intent_at as "intentAt", receipt_at as "receiptAt"
       from effect where step_id = $1 order by intent_at, key`,
    [stepId],
  );
  return rows.map(({ intentAt, receiptAt, ...rest }) => ({
    ...rest,
    intentAt: intentAt.getTime(),
    receiptAt: receiptAt?.getTime() ?? null,
  }));
}
