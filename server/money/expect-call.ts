import type { ModelRequest } from '#nodes/core/capabilities.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import type { Price } from '#server/models/prices.ts';
import { type Band, estimate, type Used } from './estimate.ts';
import { inputTokens, longestAnswer } from './worst-case.ts';

/** What a call was expected to cost right before it was made, so that it can be compared with what it did. */
export type ExpectedCall = Band & { countedTokens: number };

const samples = 200;

/** What a call is likely to cost (answers that were kept cost nothing and do not count): its input counted, the length of its answer from the last calls of the same node. */
export async function expectCall(
  { db, runId, state }: Pick<StepScope, 'db' | 'runId' | 'state'>,
  { request, price, rehearsal }: { request: ModelRequest; price: Price; rehearsal: boolean },
): Promise<ExpectedCall> {
  const { rows } = await db.query<Used>({
    name: 'sg_calls_before',
    text: `select input_tokens as "inputTokens", counted_tokens as "countedTokens", output_tokens as "outputTokens" from spend
            where pipeline_id = (select pipeline_id from run where id = $1) and state = $2 and rehearsal = $4 and input_tokens > 0 order by id desc limit $3`,
    values: [runId.toString(), state, samples, rehearsal],
  });
  const countedTokens = await inputTokens(request);
  const input = { p50: countedTokens, p90: countedTokens };
  return { countedTokens, ...estimate({ input, most: longestAnswer(request, price), price }, rows) };
}
