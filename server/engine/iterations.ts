import type { EndedItem } from '#nodes/core/define-node.ts';
import { mapOutput } from '#nodes/core/iterations.ts';
import type { Json } from '#nodes/core/json.ts';
import type { StepEvent } from '#nodes/core/step.ts';
import type { Execution } from './execute.ts';
import { retried } from './retried.ts';

/** All iterations of a map have ended: its output lists them in the order of the items. */
export async function afterItems({ engine, claimed }: Execution): Promise<StepEvent> {
  const { rows } = await retried(() =>
    engine.pool.query<{ outcome: 'ok' | 'error'; result: Json }>({
      name: 'sg_items',
      text: 'select outcome, result from map_item where step_id = $1 order by index',
      values: [claimed.stepId],
    }),
  );
  const output = mapOutput(rows.map(({ outcome, result }) => ({ outcome, value: result })));
  return { kind: 'done', outcome: 'done', output };
}

/** What the tools of an agent were asked up to now, in order, and what came of it. */
export async function endedItems({ engine, claimed }: Execution): Promise<EndedItem[]> {
  const { rows } = await retried(() =>
    engine.pool.query<EndedItem>({
      name: 'sg_asked',
      text: `select value, coalesce(outcome, 'error') as outcome, result from map_item where step_id = $1 order by index`,
      values: [claimed.stepId],
    }),
  );
  return rows;
}

/** A loop has made its last pass: it gives the value that the pass ended with. `limit`: it would have gone on. */
export async function afterPasses({ engine, claimed }: Execution, limit: boolean): Promise<StepEvent> {
  const { rows } = await retried(() =>
    engine.pool.query<{ index: number; result: Json }>({
      name: 'sg_last_pass',
      text: 'select index, result from map_item where step_id = $1 order by index desc limit 1',
      values: [claimed.stepId],
    }),
  );
  const [last] = rows;
  const output = { value: last?.result ?? null, passes: (last?.index ?? -1) + 1 };
  return { kind: 'done', outcome: limit ? 'limit' : 'done', output };
}
