import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { pageOf, readTimeCursor } from '#server/db/time-cursor.ts';
import { type FactStanding, factStandingSql } from '#server/facts/fact-standing.ts';

export type MemoryRow = {
  id: string;
  text: string;
  kind: string;
  tier: 'episodic' | 'knowledge';
  source: string;
  untrusted: boolean;
  importance: number;
  at: number;
  entity: { id: string; type: string; key: string } | null;
  runId: string | null;
  /** How the fact that it is stands; null: it is none. */
  fact: FactStanding | null;
};
type Stored = Omit<MemoryRow, 'at'> & { at: Date };

/** What is remembered, by when it happened, newest first; with `kept`, what the operator keeps alone. */
export async function recentMemory(
  scope: Scope,
  page: { limit: number; cursor?: string | undefined; kept?: boolean | undefined },
): Promise<{ items: MemoryRow[]; next: string | null }> {
  const after = readTimeCursor(page.cursor);
  const stored = await query<Stored>(
    `select i.id, i.text, i.kind, i.tier, i.source, i.untrusted, i.importance, i.at, i.run_id::text as "runId",
            case when e.id is not null then jsonb_build_object('id', e.id, 'type', e.type, 'key', e.key) end as entity,
            ${factStandingSql('i.id')} as fact
       from memory_item i left join entity e on e.id = i.entity_id
      where i.project_id = $1 and (i.keep or not $5) and ($2::timestamptz is null or (i.at, i.id) < ($2, $3::uuid))
      order by i.at desc, i.id desc limit $4`,
    [scope.projectId, after?.at ?? null, after?.id ?? null, page.limit + 1, page.kept ?? false],
  );
  const { rows, next } = pageOf(stored, page.limit, (row) => row.at);
  return { items: rows.map((row) => ({ ...row, at: row.at.getTime() })), next };
}
