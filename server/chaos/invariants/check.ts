import { isDeepStrictEqual } from 'node:util';
import { pool } from '#server/db/pool.ts';
import { outputs } from '../pipelines/all.ts';
import type { Ledger } from '../rig/ledger.ts';
import { effectProblems } from './effects.ts';
import { historyProblems } from './history.ts';
import { rowInvariants } from './rows.ts';

export type Violation = { invariant: string; what: string };

/** What is checked beside the statements on rows. */
export const otherInvariants = [
  { name: 'replay', title: 'The events alone rebuild the run: its state, its steps, their attempts, its output' },
  { name: 'effects', title: 'The outside saw each effect exactly as promised' },
  { name: 'outcome', title: 'Each run ended as its pipeline says, with its output' },
  { name: 'operator', title: 'A decision is taken once; what else the fault may not break' },
  { name: 'recovery', title: 'Steps of a dead worker go on: p95 at most 5 s' },
] as const;

type Checked = { runIds: string[]; ledger: Ledger; mayBeCancelled: boolean };

/** Everything that must hold for runs when their scenario is over. Answers what does not. */
export async function violations({ runIds, ledger, mayBeCancelled }: Checked): Promise<Violation[]> {
  const all = await withChildren(runIds);
  const found: Violation[] = [];
  for (const { name, sql } of rowInvariants) {
    const { rows } = await pool().query<[string]>({
      text: sql,
      values: sql.includes('$1') ? [all] : [],
      rowMode: 'array',
    });
    found.push(...rows.map(([what]) => ({ invariant: name, what })));
  }
  const add = (invariant: string, problems: string[]): void =>
    void found.push(...problems.map((what) => ({ invariant, what })));
  add('replay', await historyProblems(all));
  add('effects', await effectProblems(all, ledger));
  add('outcome', await outcomeProblems(runIds, mayBeCancelled));
  return found;
}

async function withChildren(runIds: string[]): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    'select c.id::text from run c join step s on s.id = c.parent_step_id where s.run_id = any($1::bigint[])',
    [runIds],
  );
  return [...runIds, ...rows.map(({ id }) => id)];
}

type Ended = {
  id: string;
  name: string;
  status: string;
  output: unknown;
  failure: { code: string; message: string } | null;
};

async function outcomeProblems(runIds: string[], mayBeCancelled: boolean): Promise<string[]> {
  const { rows } = await pool().query<Ended>(
    'select r.id::text, p.name, r.status, r.output, r.failure from run r join pipeline p on p.id = r.pipeline_id where r.id = any($1::bigint[])',
    [runIds],
  );
  return rows.flatMap(({ id, name, status, output, failure }) => {
    if (status === 'cancelled' && mayBeCancelled) return [];
    if (status !== 'completed')
      return [`run ${id} of ${name} is ${status}${failure ? `: ${failure.code} ${failure.message}` : ''}`];
    return isDeepStrictEqual(output, outputs[name])
      ? []
      : [`run ${id} of ${name} gave ${JSON.stringify(output).slice(0, 200)}`];
  });
}
