import { query } from '#server/db/pool.ts';
import { type Finding, finding, nodeName, ofRun, runName, type Section } from './finding.ts';

const byItself = 'A worker mends this within a minute; if it stays, cancel the run.';
const cancel = 'Cancel the run and start it again: solograph cancel';

/** By kind of the view sg_stuck: where it is told, and what to do. */
const kinds: Record<string, { section: Section; todo: string }> = {
  'no-lease': { section: 'stuck', todo: 'Start a worker: it takes the step back within seconds.' },
  'nothing-left': { section: 'stuck', todo: cancel },
  'no-items': { section: 'stuck', todo: cancel },
  'no-reason': { section: 'waits', todo: cancel },
  'no-wake': { section: 'waits', todo: cancel },
  'no-task': { section: 'waits', todo: cancel },
  'no-hold': { section: 'waits', todo: cancel },
  'no-waiter': { section: 'waits', todo: byItself },
  overdue: { section: 'waits', todo: byItself },
  'no-job': { section: 'orphans', todo: byItself },
  'no-child': { section: 'orphans', todo: byItself },
  'child-ended': { section: 'orphans', todo: byItself },
  'undo-no-lease': { section: 'undo', todo: byItself },
  'undo-no-job': { section: 'undo', todo: byItself },
};

type Row = { kind: string; name: string; ref: number; why: string; since: Date | null };

/** What nothing will move, by the invariant that the view sg_stuck is. */
export async function checkStuck(): Promise<Finding[]> {
  const rows = await query<Row>(
    `select k.kind, ${runName} || ${nodeName('k.state', 'k.path')} as name, r.ref, k.why, k.since
       from sg_stuck k join run r on r.id = k.run_id ${ofRun} order by k.since limit 100`,
  );
  const findings = rows.map(({ kind, name, ref, why, since }) => {
    const { section, todo } = kinds[kind] ?? { section: 'stuck', todo: cancel };
    return finding(section, 'wrong', {
      where: name,
      what: why,
      since,
      todo: todo === cancel ? `${cancel} R-${ref}.` : todo,
    });
  });
  const told = new Set(findings.map(({ section }) => section));
  const well: [Section, string][] = [
    ['stuck', 'nothing'],
    ['orphans', 'none'],
    ['undo', await undoing()],
    ['waits', await waiting()],
  ];
  return [
    ...findings,
    ...well.filter(([section]) => !told.has(section)).map(([section, what]) => finding(section, 'ok', { what })),
  ];
}

async function waiting(): Promise<string> {
  const rows = await query<{ kind: string; n: number }>(
    `select s.waiting->>'kind' as kind, count(*)::int as n from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
      where r.waiting > 0 and s.status = 'waiting' and s.waiting->>'kind' not in ('items', 'passes') group by 1 order by 1`,
  );
  return rows.length === 0
    ? 'nothing waits'
    : `${rows.map(({ kind, n }) => `${n} ${kind}`).join(', ')}; each can be woken`;
}

async function undoing(): Promise<string> {
  const [row] = await query<{ n: number }>(`select count(*)::int as n from undo where status = 'running'`);
  return row?.n ? `${row.n} under way` : 'none under way';
}
