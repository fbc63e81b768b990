import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { pageOf, readTimeCursor } from '#server/db/time-cursor.ts';
import type { MailRow } from './types.ts';

type Stored = Omit<MailRow, 'createdAt'> & { createdAt: Date };

/** Mail that was kept here and NOT sent, because no mail server is set up; newest first. */
export async function listMails(
  scope: Scope,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: MailRow[]; next: string | null }> {
  const after = readTimeCursor(page.cursor);
  const stored = await query<Stored>(
    `select id, message_id as "messageId", run_id::text as "runId", "from", "to", subject, created_at as "createdAt"
       from outbox_mail
      where project_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
      order by created_at desc, id desc limit $4`,
    [scope.projectId, after?.at ?? null, after?.id ?? null, page.limit + 1],
  );
  const { rows, next } = pageOf(stored, page.limit, (row) => row.createdAt);
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() })), next };
}
