import { pool, query } from '#server/db/pool.ts';
import { addItems, type NewItem } from '#server/memory/items.ts';
import { fillIn, type Row, readRows, readSample, type Sample } from './sample.ts';

/** Gives a project the sample entities and memories of a template. What it has already is left as it is. */
export async function installSample(projectId: string, template: { name: string; folder: string }): Promise<void> {
  const sample = await readSample(template.folder);
  if (!sample) return;
  for (const source of sample.entities) {
    const rows = await readRows(template.folder, source.file);
    await addEntities(projectId, source.type, entitiesOf(source, rows));
  }
  for (const source of sample.memories) {
    const rows = await readRows(template.folder, source.file);
    await addItems(pool(), projectId, await memoriesOf({ projectId, template: template.name, source, rows }));
  }
  await query(`select graphile_worker.add_job('index-memory', job_key := 'index-memory')`);
}

type EntitySource = Sample['entities'][number];
type MemorySource = Sample['memories'][number];
type NewEntity = { key: string; data: Row };

function entitiesOf(source: EntitySource, rows: Row[]): NewEntity[] {
  return rows.flatMap((row) => {
    const key = row[source.key];
    const data = Object.fromEntries(source.data.map((column) => [column, row[column] ?? '']));
    return key ? [{ key, data }] : [];
  });
}

async function addEntities(projectId: string, type: string, entities: NewEntity[]): Promise<void> {
  await query(
    `insert into entity (id, project_id, type, key, data)
     select gen_random_uuid(), $1, $2, e.key, e.data from jsonb_to_recordset($3::jsonb) as e(key text, data jsonb)
     on conflict (project_id, type, key) do nothing`,
    [projectId, type, JSON.stringify(entities)],
  );
}

type Given = { projectId: string; template: string; source: MemorySource; rows: Row[] };

async function memoriesOf({ projectId, template, source, rows }: Given): Promise<NewItem[]> {
  const entityIds = source.entity ? await idsByKey(projectId, source.entity.type) : new Map<string, string>();
  return rows.map((row, index) => {
    const at = source.at ? Date.parse(row[source.at] ?? '') : Number.NaN;
    return {
      text: fillIn(source.text, row),
      kind: source.kind,
      tier: source.tier,
      entityId: entityIds.get(row[source.entity?.key ?? ''] ?? '') ?? null,
      source: `sample:${source.file}`,
      untrusted: false,
      ...(Number.isNaN(at) ? {} : { at }),
      effectKey: `sample:${projectId}:${template}:${source.kind}:${index}`,
    };
  });
}

async function idsByKey(projectId: string, type: string): Promise<Map<string, string>> {
  const rows = await query<{ key: string; id: string }>(
    'select key, id from entity where project_id = $1 and type = $2',
    [projectId, type],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}
