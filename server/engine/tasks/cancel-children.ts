import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';

const id = z.string().regex(/^\d+$/);
const payload = z.union([z.object({ runId: id }), z.object({ stepId: id })]);

/** Job `cancel-children`: the runs that a run or a step has called and no longer waits for are cancelled. */
export const cancelChildrenTask =
  (engine: Engine): Task =>
  async (job) => {
    const by = payload.parse(job);
    const { rows } = await engine.pool.query<{ id: string; cancelled: boolean }>(
      `select c.id::text, sg_cancel_run(c.id, 'caller') as cancelled from run c
        where c.status in ('queued', 'running', 'waiting')
          and c.parent_step_id in (select id from step where ${'runId' in by ? 'run_id' : 'id'} = $1) order by c.id`,
      ['runId' in by ? by.runId : by.stepId],
    );
    for (const run of rows) if (run.cancelled) engine.hints.add(run.id);
  };
