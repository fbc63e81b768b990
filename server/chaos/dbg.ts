import { pool } from '#server/db/pool.ts';
export async function dbg(ids: string[]) {
  const q = async (s: string) => console.error(s, JSON.stringify((await pool().query(s, [ids])).rows, null, 0).slice(0, 3000));
  await q(`select s.* from step s join run r on r.id=s.run_id where s.run_id = any($1) and not sg_terminal(r.status) and s.status <> 'done'`);
  await q(`select e.seq,e.kind,e.data,e.at from run_event_each e join run r on r.id=e.run_id where r.id = any($1) and not sg_terminal(r.status) order by seq desc limit 12`);
  await q(`select j.*, $1::text[] is null as x from graphile_worker._private_jobs j`);
}
