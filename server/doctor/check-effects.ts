import { query } from '#server/db/pool.ts';
import { type Finding, finding, nodeName, ofRun, runName } from './finding.ts';

type Row = { name: string; kind: string; since: Date; live: boolean; asked: boolean };

/** Effects of which nobody knows whether they happened: begun, with no receipt, and not under way any more. */
export async function checkEffects(): Promise<Finding[]> {
  const rows = await query<Row>(
    `select ${runName} || ${nodeName('s.state', 's.path')} as name, e.kind, e.intent_at as since, s.status in ('ready', 'running', 'waiting') as live,
            exists (select from task where step_id = s.id and task.status = 'open') as asked
       from effect e join step s on s.id = e.step_id join run r on r.id = s.run_id ${ofRun}
      where e.status in ('intended', 'unknown') and not (e.status = 'intended' and s.status in ('ready', 'running')) and e.intent_at < now() - interval '10 seconds'
      order by e.intent_at desc limit 50`,
  );
  const [mails] = await query<{ n: number }>('select count(*)::int as n from outbox_mail');
  const kept = mails?.n ? `; ${mails.n} mails are kept in the Outbox, not sent` : '';
  if (rows.length === 0) return [finding('effects', 'ok', { what: `of each it is known whether it happened${kept}` })];
  return rows.map(({ name, kind, since, live, asked }) => {
    const at = { where: name, what: `it is not known whether ${kind} happened`, since };
    if (asked) return finding('effects', 'note', { ...at, todo: 'Answer in the inbox.' });
    if (!live)
      return finding('effects', 'note', { ...at, why: 'its step ended meanwhile', todo: 'Look at the other side.' });
    return finding('effects', 'wrong', {
      ...at,
      why: 'and nobody is asked',
      todo: 'Look at the other side, and cancel the run.',
    });
  });
}
