import type { Pool } from 'pg';
import { NodeError } from '#nodes/core/errors.ts';
import type { ProviderRequest } from './provider.ts';

/** What a model at a connection grants, and what it is called for the operator. */
export type Quota = {
  bucket: string;
  title: string;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
};

const lettersPerToken = 4;
const usualAnswer = 500;

/** Takes a request out of the quota, shared by all workers. Errors: MODEL_QUOTA with how long to wait; nothing was sent then. */
export async function takeQuota(
  db: Pool,
  quota: Quota,
  request: Pick<ProviderRequest, 'messages' | 'maxOutputTokens'>,
): Promise<void> {
  const letters = request.messages.reduce((sum, { content }) => sum + content.length, 0);
  const tokens = Math.ceil(letters / lettersPerToken) + (request.maxOutputTokens ?? usualAnswer);
  const { bucket, title, requestsPerMinute, tokensPerMinute } = quota;
  const { rows } = await db.query<{ wait: number }>({
    name: 'sg_take_quota',
    text: 'select sg_take_quota($1, $2, $3, $4) as wait',
    values: [bucket, requestsPerMinute, tokensPerMinute, tokens],
  });
  const wait = rows[0]?.wait ?? 0;
  if (wait === 0) return;
  throw new NodeError('MODEL_QUOTA', `The quota of ${title} is used up for ${Math.ceil(wait / 1_000)} s.`, {
    retryAfterMs: wait,
    details: { quota: title },
    happened: 'no',
  });
}

/** The provider said when to come again: nobody asks it before. */
export async function blockQuota(db: Pool, { bucket }: Quota, forMs: number): Promise<void> {
  await db.query(
    `insert into model_quota (bucket, blocked_until) values ($1, clock_timestamp() + $2 * interval '1 ms')
     on conflict (bucket) do update set blocked_until = greatest(model_quota.blocked_until, excluded.blocked_until)`,
    [bucket, forMs],
  );
}
