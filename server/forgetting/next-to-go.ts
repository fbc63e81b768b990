import type { Pool } from 'pg';
import { type MemoryPolicy, parseSettings } from '#server/projects/settings.ts';
import { mayGoSql, worthSql } from './worth.ts';

/** Why an item goes, or would go first. */
export type WhyForgotten =
  /** Its time is over. */
  | { kind: 'expired'; at: number }
  /** It will be over at this time. */
  | { kind: 'expires'; at: number }
  /** The project holds more than its limit, and it is among those least worth keeping. */
  | { kind: 'over-limit'; items: number; limit: number }
  /** The limit is not reached; it is among those that would go first. */
  | { kind: 'least-worth'; items: number; limit: number };

export type NextToGo = {
  id: string;
  text: string;
  kind: string;
  tier: 'episodic' | 'knowledge';
  source: string;
  at: number;
  importance: number;
  uses: number;
  lastUsedAt: number | null;
  /** Importance, use and recency together: the least goes first. */
  worth: number;
  why: WhyForgotten;
};

type Row = Omit<NextToGo, 'at' | 'lastUsedAt' | 'why'> & {
  at: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  rank: number;
  items: number;
};
const longestText = 500;

/** What a project forgets next, in that order, and why. The preview and the job ask the same question. */
export async function nextToGo(
  db: Pool,
  projectId: string,
  limit: number,
): Promise<{ policy: MemoryPolicy; items: NextToGo[] }> {
  const { rows: projects } = await db.query<{ settings: unknown }>('select settings from project where id = $1', [
    projectId,
  ]);
  const policy = parseSettings(projects[0]?.settings).memory;
  const { rows } = await db.query<Row>(sql, [projectId, policy.episodicDays, limit, longestText]);
  return {
    policy,
    items: rows.map(({ expiresAt, rank, items, ...row }) => ({
      ...row,
      at: row.at.getTime(),
      lastUsedAt: row.lastUsedAt?.getTime() ?? null,
      why: whyOf({ expiresAt: expiresAt?.getTime() ?? null, rank, items, limit: policy.mostItems }),
    })),
  };
}

function whyOf({
  expiresAt,
  rank,
  items,
  limit,
}: {
  expiresAt: number | null;
  rank: number;
  items: number;
  limit: number;
}): WhyForgotten {
  if (expiresAt !== null && expiresAt <= Date.now()) return { kind: 'expired', at: expiresAt };
  if (rank <= items - limit) return { kind: 'over-limit', items, limit };
  if (expiresAt !== null) return { kind: 'expires', at: expiresAt };
  return { kind: 'least-worth', items, limit };
}

// Those whose time is over come first; then the least worth. Rank counts what the limit takes after them.
const sql = `
with aged as (
  select i.*, case when i.tier = 'episodic' and $2::int is not null
                   then least(i.expires_at, i.created_at + make_interval(days => $2)) else i.expires_at end as ends, ${worthSql} as worth
    from memory_item i where i.project_id = $1 and ${mayGoSql}),
ranked as (
  select a.*, row_number() over (order by coalesce(a.ends <= now(), false) desc, a.worth, a.at, a.id)::int as rank,
         (select count(*)::int from memory_item where project_id = $1) as items from aged a)
select r.id, left(r.text, $4) as text, r.kind, r.tier, r.source, r.at, r.importance, r.uses, r.last_used_at as "lastUsedAt", r.worth, r.ends as "expiresAt", r.rank, r.items
  from ranked r order by r.rank limit $3`;
