import type { Pool } from 'pg';
import type { Decision } from '#nodes/core/define-node.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { keyOfStep, rewoundOf } from '#server/undo/effect-rows.ts';

/** An item of an undo that this worker holds. `decision`: what the operator said to what it had offered. */
export type UndoItem = {
  undoId: string;
  ord: number;
  stepId: string;
  state: string;
  path: string;
  attempt: number;
  decision: Decision | null;
};

/** The step whose effect is to be taken back, as it ended. */
export type UndoneStep = {
  runId: string;
  /** The key that it acted under. */
  key: string;
  generation: number;
  outcome: string;
  input: JsonObject;
  output: Json;
  receipts: { key: string; kind: string; receipt: Json }[];
};

/** Reads the step of an item. */
export async function undoneStep(pool: Pool, stepId: string): Promise<UndoneStep> {
  const { rows } = await pool.query<UndoneStep>(
    `with ${rewoundOf('select run_id from step where id = $1')}
     select r.id::text as "runId", ${keyOfStep} as key, r.generation, s.outcome, coalesce(v.input, '{}') as input,
            case when v.step_id is null then '{}' else v.output end as output,
            coalesce((select jsonb_agg(jsonb_build_object('key', e.key, 'kind', e.kind, 'receipt', e.receipt) order by e.intent_at, e.key)
                        from effect e where e.step_id = s.id and e.status = 'done' and e.key not like 'undo:%'), '[]') as receipts
       from step s join run r on r.id = s.run_id left join step_value v on v.step_id = s.id where s.id = $1`,
    [stepId],
  );
  if (!rows[0]) throw new Error(`Step ${stepId} is not in the database.`);
  return rows[0];
}
