import type { Query } from '#server/db/pool.ts';
import type { Lineage } from './types.ts';

type Row = { calledBy: Lineage['calledBy']; forkedFrom: Lineage['forkedFrom'] };

/** At most so many called runs are named. */
const named = 200;

/** Where a run comes from and which runs its steps called. */
export async function lineageOf(runId: string, query: Query): Promise<Lineage> {
  const [from] = await query<Row>(
    `select case when s.id is not null then jsonb_build_object('runId', a.id::text, 'ref', a.ref, 'pipelineName', p.name, 'state', s.state, 'path', s.path) end as "calledBy",
            case when f.id is not null then jsonb_build_object('runId', f.id::text, 'ref', f.ref, 'seq', r.forked_at_seq) end as "forkedFrom"
       from run r left join step s on s.id = r.parent_step_id left join run a on a.id = s.run_id
       left join pipeline p on p.id = a.pipeline_id left join run f on f.id = r.forked_from where r.id = $1`,
    [runId],
  );
  const called = await query<Lineage['called'][number]>(
    `select c.id::text as "runId", c.ref, p.name as "pipelineName", c.status, s.state, s.path
       from step s join run c on c.parent_step_id = s.id join pipeline p on p.id = c.pipeline_id
      where s.run_id = $1 order by c.id limit ${named}`,
    [runId],
  );
  return { calledBy: from?.calledBy ?? null, forkedFrom: from?.forkedFrom ?? null, called };
}
