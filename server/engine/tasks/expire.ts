import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';

const payload = z.object({ taskId: z.uuid() });

/** Job `expire`: an approval that nobody decided in time takes its timeout branch. */
export const expireTask =
  (engine: Engine): Task =>
  async (job) => {
    const { taskId } = payload.parse(job);
    await engine.pool.query(
      `select sg_decide_task(jsonb_build_object('taskId', id::text, 'projectId', project_id::text, 'token', token, 'decision',
         jsonb_build_object('decision', 'timeout', 'value', request->'proposal', 'edited', false, 'reason', null, 'by', 'timer',
           'at', floor(extract(epoch from now()) * 1000))))
         from task where id = $1 and status = 'open'`,
      [taskId],
    );
  };
