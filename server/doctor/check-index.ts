import { checkHealth } from '#server/boot/health.ts';
import { query } from '#server/db/pool.ts';
import { IndexUnavailable, openVectorIndex } from '#server/memory/chroma.ts';
import { type Finding, finding } from './finding.ts';

type Row = { id: string; name: string; embedder: string | null; believed: number };

/** The index beside Postgres: whether it answers, and holds what it should. */
export async function checkIndex(chromaUrl: string | undefined): Promise<Finding[]> {
  const { chroma } = await checkHealth(chromaUrl === undefined ? {} : { chromaUrl });
  if (!chroma.ok)
    return [
      finding('index', 'wrong', {
        what: 'Chroma is not well',
        why: chroma.reason,
        todo: 'Start it, or correct CHROMA_URL. Nothing is lost: the index is made from Postgres.',
      }),
    ];
  const rows = await query<Row>(
    `select p.id, p.name, c.indexed_in as embedder, count(*)::int as believed
       from memory_indexed c join project p on p.id = c.project_id group by 1, 2, 3 order by 2, 3`,
  );
  const index = openVectorIndex(chromaUrl);
  const lacking = (
    await Promise.all(
      rows.map(async (row) => lack(row, row.embedder === null ? 0 : await held(index, row.id, row.embedder))),
    )
  ).flat();
  return lacking.length > 0 ? lacking : [finding('index', 'ok', { what: `Chroma ${chroma.version}, complete` })];
}

async function held(index: ReturnType<typeof openVectorIndex>, projectId: string, embedder: string): Promise<number> {
  try {
    return await index.count(projectId, embedder);
  } catch (error) {
    if (error instanceof IndexUnavailable) return 0;
    throw error;
  }
}

function lack({ name, embedder, believed }: Row, has: number): Finding[] {
  const where = `project ${name}`;
  if (embedder === null)
    return [finding('index', 'note', { where, what: `${believed} entries are yet to be indexed` })];
  if (has >= believed) return [];
  return [
    finding('index', 'wrong', {
      where,
      what: 'the index has lost entries',
      why: `it holds ${has} of ${believed}`,
      todo: 'A worker brings them back within a minute; or solograph memory rebuild.',
    }),
  ];
}
