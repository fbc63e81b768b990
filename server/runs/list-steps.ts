import { readCursor } from '#server/db/cursor.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requireRun } from './require-run.ts';
import { type StoredStep, shownSteps, stepColumns, toStepRows } from './step-rows.ts';
import type { StepRow } from './types.ts';

type Asked = { runId: string; state: string; cursor?: string | undefined; limit: number };

/** The steps of one node of a run, in the order in which they came up. */
export async function listSteps(scope: Scope, asked: Asked): Promise<{ items: StepRow[]; next: string | null }> {
  await requireRun(scope, asked.runId);
  const rows = await query<StoredStep>(
    `select ${stepColumns} from step s where s.run_id = $1 and s.state = $2 and s.id > $3 and ${shownSteps}
      order by s.id limit $4`,
    [asked.runId, asked.state, asked.cursor === undefined ? 0 : readCursor(asked.cursor), asked.limit + 1],
  );
  const page = rows.slice(0, asked.limit);
  return {
    items: await toStepRows(asked.runId, page),
    next: rows.length > asked.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
