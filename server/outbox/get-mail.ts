import { found, type Scope } from '#server/db/scoped.ts';
import type { MailView } from './types.ts';

/** One mail of the Outbox with its text. */
export async function getMail(scope: Scope, id: string): Promise<MailView> {
  const { runId, createdAt, ...mail } = found(
    await scope.db.outboxMail.findUnique({ where: { id }, omit: { projectId: true } }),
    'The mail',
  );
  return { ...mail, runId: runId.toString(), createdAt: createdAt.getTime() };
}
