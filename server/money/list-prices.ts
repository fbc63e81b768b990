import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Prices, PriceView, UnpricedModel } from './types.ts';

/**
 * All prices, by provider and model, the newest first, with the one in force; and what was asked in this project without
 * a price. What such calls cost is not known, which is not the same as nothing.
 */
export async function listPrices(scope: Scope): Promise<Prices> {
  const [prices, unpriced] = await Promise.all([
    query<PriceView>(
      `select id, provider, model, input_micros::float8 as "inputMicros", cached_input_micros::float8 as "cachedInputMicros",
              output_micros::float8 as "outputMicros", batch_permille as "batchPermille", longest_answer as "longestAnswer",
              source, set_by as "setBy", (extract(epoch from valid_from) * 1000)::float8 as "validFrom",
              valid_from <= now() and row_number() over (partition by provider, model
                order by valid_from <= now() desc, set_by is not null desc, valid_from desc) = 1 as "inForce"
         from price order by provider, model, set_by is not null desc, valid_from desc`,
    ),
    query<UnpricedModel>(
      `select provider, model, count(*)::int as calls, (extract(epoch from max(at)) * 1000)::float8 as "lastAt"
         from spend where project_id = $1 and price_id is null group by 1, 2 order by 4 desc limit 100`,
      [scope.projectId],
    ),
  ]);
  return { prices, unpriced };
}
