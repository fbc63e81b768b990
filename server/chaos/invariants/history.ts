import { isDeepStrictEqual } from 'node:util';
import type { StoredRunEvent } from '#nodes/core/run-events.ts';
import { rebuild, stepKey } from '#nodes/core/travel/rebuild.ts';
import { pool } from '#server/db/pool.ts';

type Stored = { id: string; seq: number; status: string; output: unknown; spendMicros: string };
type StoredStep = {
  runId: string;
  state: string;
  path: string;
  status: string;
  outcome: string | null;
  attempt: number;
};

/** Rebuilds each run from its events and compares it with what the database says of it. Answers the differences. */
export async function historyProblems(runIds: readonly string[]): Promise<string[]> {
  const [runs, steps, events] = await Promise.all([
    pool().query<Stored>(
      `select id::text, seq, status, output, spend_micros::text as "spendMicros" from run where id = any($1::bigint[])`,
      [runIds],
    ),
    pool().query<StoredStep>(
      `select run_id::text as "runId", state, path, status, outcome, attempt from step where run_id = any($1::bigint[]) and state not like '$end%'`,
      [runIds],
    ),
    pool().query<StoredRunEvent & { runId: string }>(
      `select run_id::text as "runId", seq, kind, data from run_event_each where run_id = any($1::bigint[]) order by run_id, seq`,
      [runIds],
    ),
  ]);
  const eventsOf = Map.groupBy(events.rows, ({ runId }) => runId);
  const stepsOf = Map.groupBy(steps.rows, ({ runId }) => runId);
  return runs.rows.flatMap((run) =>
    differences(run, stepsOf.get(run.id) ?? [], eventsOf.get(run.id) ?? []).map((what) => `run ${run.id}: ${what}`),
  );
}

function differences(run: Stored, steps: StoredStep[], events: StoredRunEvent[]): string[] {
  const rebuilt = rebuild(events);
  const found = rebuilt.problems.map(({ seq, message }) => `event ${seq}: ${message}`);
  if (rebuilt.status !== run.status) found.push(`its events say ${rebuilt.status}, the run is ${run.status}`);
  if (rebuilt.spendMicros !== Number(run.spendMicros))
    found.push(`its events say ${rebuilt.spendMicros} spent, the run ${run.spendMicros}`);
  if (run.status === 'completed' && !isDeepStrictEqual(rebuilt.output ?? null, run.output))
    found.push('its events tell another output');
  for (const step of steps) {
    const told = rebuilt.steps.get(stepKey(step));
    const here = `${step.state} at "${step.path}" is ${step.status} ${step.outcome} in attempt ${step.attempt}`;
    if (!told) found.push(`${here}; its events do not know it`);
    else if (told.status !== step.status || told.outcome !== step.outcome || told.attempt !== step.attempt)
      found.push(`${here}; its events say ${told.status} ${told.outcome} in attempt ${told.attempt}`);
  }
  const real = [...rebuilt.steps.values()].filter(({ state }) => !state.startsWith('$end'));
  if (real.length !== steps.length) found.push(`its events tell of ${real.length} steps, there are ${steps.length}`);
  return found;
}
