import { query } from '#server/db/pool.ts';
import { type Finding, finding } from './finding.ts';

/** Every call is attributed as its run is, and budgets count what was paid. That runs are the sum of their calls is another look. */
export async function checkMoney(): Promise<Finding[]> {
  return (await Promise.all([attribution(), budgets()])).flat();
}

async function attribution(): Promise<Finding[]> {
  const rows = await query<{ calls: number; micros: string }>(
    `select count(*)::int as calls, coalesce(sum(s.cost_micros), 0)::text as micros from spend s join run r on r.id = s.run_id
      where s.pipeline_id is distinct from r.pipeline_id or s.version is distinct from r.version or s.project_id <> r.project_id`,
  );
  const { calls, micros } = rows[0] ?? { calls: 0, micros: '0' };
  if (calls === 0) return [];
  return [
    finding('spend', 'wrong', {
      what: `${calls} calls are attributed to another pipeline, version or project than their run`,
      why: `they cost ${micros} micro-dollars`,
      todo: 'Totals are right; what they are split by is not. Report this.',
    }),
  ];
}

async function budgets(): Promise<Finding[]> {
  const rows = await query<{ id: string; name: string; kind: string; period: string; says: string; paid: string }>(
    `select b.id, o.name, b.kind, q.period, q.spent_micros::text as says, sg_spent(b, q.period)::text as paid
       from budget b join project o on o.id = b.project_id join budget_period q on q.budget_id = b.id
      where b.removed_at is null and (b.kind <> 'run' or q.period in (select run_id::text from live_run))
        and q.spent_micros <> sg_spent(b, q.period) order by o.name, b.kind limit 20`,
  );
  return rows.map(({ name, kind, period, says, paid }) =>
    finding('spend', 'wrong', {
      where: name,
      what: `a budget counts wrongly (${[kind, period].filter(Boolean).join(' ')})`,
      why: `it says ${says} micro-dollars are spent, the calls say ${paid}`,
      todo: 'Remove the budget and make it again: it is summed up from the calls then. Report this.',
    }),
  );
}
