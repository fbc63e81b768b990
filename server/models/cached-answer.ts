import type { ModelAnswer } from '#nodes/core/capabilities.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';

/** The newest answer of the project to exactly the same request that is not older than `cacheMs`, as one that costs nothing; null: none. */
export async function cachedAnswer(
  { db, projectId }: Pick<StepScope, 'db' | 'projectId'>,
  hash: string,
  cacheMs: number,
): Promise<ModelAnswer | null> {
  const { rows } = await db.query<{ answer: ModelAnswer }>(
    `select answer->'answer' as answer from spend
      where project_id = $1 and request_hash = $2 and at > now() - $3 * interval '1 ms'
        and jsonb_typeof(answer->'failure') is distinct from 'object' and not cached
      order by at desc limit 1`,
    [projectId, hash, cacheMs],
  );
  const known = rows[0]?.answer;
  return known ? { ...known, inputTokens: 0, outputTokens: 0, costMicros: 0, cached: true } : null;
}
