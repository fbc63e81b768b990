import { pool } from '#server/db/pool.ts';
import type { Ledger } from '../rig/ledger.ts';

type Effect = { key: string; method: string; status: string; repeats: number };

/**
 * Compares what the outside saw with what was promised: an unsafe request reached it once at most, and once more for
 * each time that the operator said so; a repeatable one has one key for ever; what is recorded as done was done.
 */
export async function effectProblems(runIds: readonly string[], ledger: Ledger): Promise<string[]> {
  const { rows } = await pool().query<Effect>(
    `select e.key, e.intent->>'method' as method, e.status,
            (select count(*)::int from task t where t.run_id = e.run_id and t.request->>'effectKey' = e.key and t.decision->>'answer' = 'repeat') as repeats
       from effect e where e.run_id = any($1::bigint[]) and e.kind = 'http'`,
    [runIds],
  );
  const known = new Map(rows.map((effect) => [effect.key, effect]));
  const mine = new Set(runIds);
  const calls = ledger.calls.filter(({ key }) => mine.has(key.split(':')[0] ?? ''));
  return [
    ...rows.flatMap((effect) => countProblem(effect, ledger.countOf(effect.key))),
    ...calls.filter(({ key }) => !known.has(key)).map(({ key }) => `effect ${key} happened without an intent`),
    ...[...Map.groupBy(calls, ({ path }) => path)].flatMap(([path, same]) => {
      const keys = new Set(same.map(({ key }) => key));
      return keys.size > 1 ? [`${path} was asked for under several keys: ${[...keys].join(', ')}`] : [];
    }),
  ];
}

function countProblem({ key, method, status, repeats }: Effect, count: number): string[] {
  const unsafe = method === 'POST';
  if (unsafe && count > 1 + repeats)
    return [`effect ${key} (${method}) happened ${count} times; the operator had it repeated ${repeats} times`];
  if (status === 'done' && count === 0) return [`effect ${key} (${method}) is recorded as done and never happened`];
  return [];
}
