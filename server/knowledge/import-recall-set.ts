import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { markExpected } from './mark-expected.ts';
import { readRecallSet, type SetRow } from './read-recall-set.ts';

export type ImportedSet = {
  /** Marks that are new, and of how many questions. */
  marked: number;
  questions: number;
  /** Lines that were left out, each with its reason. */
  wrong: { row: number; message: string }[];
};

/** What names one source may be that of so many items; of words, one item alone must have them. */
const mostOfSource = 50;

/**
 * Adds a file's questions to the project's recall set. Each line stands for itself: one that names nothing that is
 * remembered is answered with its reason, and the rest goes on. Errors: INPUT_INVALID, TOO_LARGE.
 */
export async function importRecallSet(scope: Scope, text: string): Promise<ImportedSet> {
  const { rows, wrong } = readRecallSet(text);
  const imported: ImportedSet = { marked: 0, questions: new Set(rows.map((row) => row.query)).size, wrong: [...wrong] };
  for (const row of rows) {
    const named = await itemsNamed(scope.projectId, row);
    if (typeof named === 'string') {
      imported.wrong.push({ row: row.row, message: named });
      continue;
    }
    const { marked } = await markExpected(scope, { query: row.query, itemIds: named, relevant: row.relevant });
    imported.marked += marked;
  }
  await recordAudit(scope, {
    ...{ action: 'memory.recall-set', subject: scope.projectId },
    details: { marked: imported.marked, leftOut: imported.wrong.length },
  });
  return { ...imported, wrong: imported.wrong.sort((a, b) => a.row - b.row) };
}

/** The items that a line names, or what is wrong with it. */
async function itemsNamed(projectId: string, { item }: SetRow): Promise<string[] | string> {
  const exact = await query<{ id: string }>(
    `select id from memory_item where project_id = $1 and id::text = lower($2)
     union select i.id from memory_item i where i.project_id = $1 and i.source = $2
     union select d.item_id from document d where d.project_id = $1 and d.item_id is not null and (d.name = $2 or d.url = $2) limit $3`,
    [projectId, item, mostOfSource + 1],
  );
  if (exact.length > mostOfSource)
    return `More than ${mostOfSource} memories come from “${item}”. Name one by words that stand in it.`;
  if (exact.length > 0) return exact.map(({ id }) => id);
  // Full text finds the candidates by its index; what counts is that the words stand there as they are written.
  const worded = await query<{ id: string }>(
    `select distinct i.id from memory_chunk c join memory_item i on i.id = c.item_id
      where c.project_id = $1 and c.words @@ phraseto_tsquery('english', $2) and position(lower($2) in lower(i.text)) > 0 limit 2`,
    [projectId, item],
  );
  if (worded.length > 1) return `More than one memory says “${item}”. Say more of it, or give its id.`;
  const [one] = worded;
  return one ? [one.id] : `Nothing that is remembered is called “${item}” or says it.`;
}
