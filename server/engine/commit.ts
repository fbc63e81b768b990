import type { Pool } from 'pg';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { JoinArrival, Transition } from '#nodes/core/step.ts';
import { storable } from './storable.ts';

/** A step that this worker holds. `decision` is set where it goes on after a wait. */
export type Claimed = {
  runId: string;
  stepId: string;
  state: string;
  path: string;
  attempt: number;
  decision: { kind: string; [key: string]: Json } | null;
};

export type StepLog = { at: number; message: string; data?: JsonObject };
export type StepValues = { input: JsonObject | null; provenance: Provenance[]; logs: StepLog[] };

export type Commit = {
  workerId: string;
  claimed: Claimed;
  transition: Transition;
  values: StepValues;
  /** Claim the first successor in the same commit. */
  next: boolean;
  /** With a map transition: how its iterations begin. */
  mapBody?: { starts: string[]; arrivals: Omit<JoinArrival, 'path'>[]; onItemError: string };
  /** The internal step that ends an iteration. */
  item?: { outcome: 'ok' | 'error'; result: Json };
  /** With a task: the single-use token, and what the inbox calls it where the node does not say. */
  task?: { token: string; title: string; subject: string };
};

export type Committed =
  | { ok: true; status: string; next: Claimed | null }
  /** Another worker owns the step by now, or the run has ended: nothing was written. */
  | { ok: false; reason: string };

/** Takes a step for this worker. Null: somebody else has it, or there is nothing to do. */
export async function claim(pool: Pool, stepId: string, workerId: string): Promise<Claimed | null> {
  const { rows } = await pool.query<{ c: Claimed & { ok: boolean } }>({
    name: 'sg_claim',
    text: 'select sg_claim($1::bigint, $2::bigint) as c',
    values: [stepId, workerId],
  });
  const claimed = rows[0]?.c;
  return claimed?.ok ? claimed : null;
}

/** Writes one transition: one round trip, one commit. */
export async function commit(pool: Pool, c: Commit): Promise<Committed> {
  const payload = storable({
    worker: c.workerId,
    stepId: c.claimed.stepId,
    attempt: c.claimed.attempt,
    transition: c.transition,
    values: c.values,
    next: c.next,
    mapBody: c.mapBody,
    item: c.item,
    taskToken: c.task?.token,
    taskTitle: c.task?.title,
    taskSubject: c.task?.subject,
  });
  const { rows } = await pool.query<{ c: Committed }>({
    name: 'sg_commit',
    text: 'select sg_commit($1::jsonb) as c',
    values: [payload],
  });
  const committed = rows[0]?.c;
  if (!committed) throw new Error('sg_commit answered no row');
  return committed;
}
