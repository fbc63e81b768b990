import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { BudgetView } from './types.ts';

type Row = Omit<BudgetView, 'state'> & { told: boolean };

/**
 * The budgets of a project with what is spent and under way in their current period; of a budget for each run, of the run
 * that has used most of it. What is held is counted over all periods.
 */
export async function listBudgets(scope: Scope): Promise<BudgetView[]> {
  const rows = await query<Row>(
    `select b.id, b.kind, b.pipeline_id as "pipelineId", p.name as "pipelineName", b.hard, b.limit_micros::float8 as "limitMicros",
            coalesce(q.period, sg_period(b, 0, now())) as period, coalesce(q.raised, 0)::float8 as "raisedMicros",
            coalesce(q.spent, sg_spent(b, sg_period(b, 0, now())))::float8 as "spentMicros", coalesce(q.reserved, 0)::float8 as "reservedMicros",
            (select count(*)::int from budget_hold h where h.budget_id = b.id) as held, q.told_at is not null as told,
            case when sg_period_ends(b, sg_period(b, 0, now())) <> 'infinity'
              then (extract(epoch from sg_period_ends(b, sg_period(b, 0, now()))) * 1000)::float8 end as "renewsAt"
       from budget b left join pipeline p on p.id = b.pipeline_id
       left join lateral (
         select period, raised_micros as raised, spent_micros as spent, reserved_micros as reserved, told_at from budget_period
          where budget_id = b.id and (b.kind = 'run' or period = sg_period(b, 0, now()))
          order by spent_micros + reserved_micros - raised_micros desc limit 1) q on true
      where b.project_id = $1 and b.removed_at is null
      order by array_position(array['run', 'day', 'month', 'pipeline', 'project'], b.kind), p.name nulls first, b.created_at`,
    [scope.projectId],
  );
  return rows.map(({ told, ...row }) => ({ ...row, state: stateOf(row, told) }));
}

function stateOf(
  { held, limitMicros, raisedMicros, spentMicros }: Omit<Row, 'told'>,
  told: boolean,
): BudgetView['state'] {
  if (held > 0) return 'holds';
  return told || spentMicros >= limitMicros + raisedMicros ? 'reached' : 'room';
}
