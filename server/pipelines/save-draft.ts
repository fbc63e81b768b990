import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { readGraph } from './compile-graph.ts';
import { type DraftWhy, summaryLimit } from './draft-why.ts';

/** Saves of the operator this long after the first of them still share its row of the history. */
const sittingMs = 10 * 60_000;
/** Rows of the history that a pipeline keeps. */
const keptRows = 100;

type Save = { pipelineId: string; revision: number; graph: unknown; why?: DraftWhy | undefined };

/**
 * Keeps a draft that was made on `revision`, errors of meaning included, and writes it down in the draft's history.
 * Errors: INPUT_INVALID where it is not a graph document; CONFLICT where somebody saved meanwhile, with what they saved
 * in the details.
 */
export async function saveDraft(scope: Scope, args: Save): Promise<{ revision: number }> {
  const draft = readGraph(args.graph);
  const revision = await write(scope, { ...args, draft });
  if (revision !== null) return { revision };
  const current = found(await scope.db.pipeline.findUnique({ where: { id: args.pipelineId } }), 'The pipeline');
  throw new AppError(
    'CONFLICT',
    'The pipeline was saved elsewhere meanwhile. Take that version or save yours over it.',
    {
      details: {
        revision: current.draftRevision,
        graph: current.draft as Json,
        updatedAt: current.updatedAt.getTime(),
      },
    },
  );
}

/** One statement, so that the document travels once however large it is. Null: the draft has another revision. */
async function write(scope: Scope, { pipelineId, revision, draft, why }: Save & { draft: Graph }) {
  const { origin, summary } = why ?? { origin: 'operator', summary: '' };
  const [row] = await query<{ revision: number }>(
    `with saved as (
       update pipeline set draft = $4::jsonb, draft_revision = draft_revision + 1, updated_at = now()
        where id = $1 and project_id = $2 and draft_revision = $3
       returning draft, draft_revision as revision),
     last as (select * from draft_save where pipeline_id = $1 order by revision desc limit 1),
     continued as (
       update draft_save d set revision = saved.revision, at = now(), graph = saved.draft, summary = left((
           select coalesce(string_agg(label, ', ' order by n), '') from (
             select label, min(n) as n from string_to_table(concat_ws(', ', nullif(last.summary, ''), $7::text), ', ')
               with ordinality as labels(label, n) where label <> '' group by label) as once), $8)
         from saved, last
        where d.id = last.id and last.origin = 'operator' and $6 = 'operator' and last.by = $5
          and last.began_at > now() - $9 * interval '1 millisecond'
       returning d.id),
     added as (
       insert into draft_save (id, pipeline_id, revision, by, origin, summary, graph)
       select gen_random_uuid(), $1, revision, $5, $6, $7, draft from saved where not exists (select from continued)
       returning id),
     dropped as (
       delete from draft_save where exists (select from added)
          and id in (select id from draft_save where pipeline_id = $1 order by revision desc offset $10))
     select revision from saved`,
    [
      ...[pipelineId, scope.projectId, revision, JSON.stringify(draft), scope.actor, origin, summary],
      ...[summaryLimit, sittingMs, keptRows - 1],
    ],
  );
  return row?.revision ?? null;
}
