import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';

export type EntityMentions = {
  /** What is about the entity and goes with it. */
  items: number;
  facts: number;
  documents: number;
  episodes: number;
  /** Items about something else that name its key, name or address: they stay unless they are forgotten by hand. */
  mentions: { id: string; kind: string; source: string; text: string }[];
};
const mostMentions = 50;
const longestText = 300;

/** What finds an entity where it is named: its key, name and address, as patterns of `ilike`. */
export function namePatterns({ key, data }: { key: string; data: unknown }): string[] {
  const { name, email } = (data ?? {}) as Record<string, unknown>;
  const names = [key, name, email].filter((each) => typeof each === 'string' && each.trim().length > 2);
  return names.map((each) => `%${String(each).replace(/[\\%_]/g, '\\$&')}%`);
}

/** What forgetting an entity would remove, and where else it is named. Errors: NOT_FOUND. */
export async function entityMentions(scope: Scope, entityId: string): Promise<EntityMentions> {
  const entity = found(await scope.db.entity.findUnique({ where: { id: entityId } }), 'The entity');
  const patterns = namePatterns(entity);
  const [[counts], mentions] = await Promise.all([
    query<Omit<EntityMentions, 'mentions'>>(
      `select (select count(*)::int from memory_item where project_id = $1 and entity_id = $2) as items,
              (select count(*)::int from fact where project_id = $1 and entity_id = $2) as facts,
              (select count(*)::int from document where project_id = $1 and entity_id = $2) as documents,
              (select count(*)::int from sg_episodes_about($1, $2)) as episodes`,
      [scope.projectId, entityId],
    ),
    query<EntityMentions['mentions'][number]>(
      `select i.id, i.kind, i.source, left(i.text, $4) as text from memory_item i
        where i.project_id = $1 and i.entity_id is distinct from $2 and i.text ilike any($3) order by i.at desc limit $5`,
      [scope.projectId, entityId, patterns, longestText, mostMentions],
    ),
  ]);
  return { ...(counts ?? { items: 0, facts: 0, documents: 0, episodes: 0 }), mentions };
}
