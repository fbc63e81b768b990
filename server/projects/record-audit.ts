import type { Scope } from '#server/db/scoped.ts';

/** Notes who did what, for the operator to read later. Members that are undefined are left out. */
export async function recordAudit(
  scope: Scope,
  entry: { action: string; subject: string; details?: object },
): Promise<void> {
  const { action, subject, details = {} } = entry;
  await scope.db.auditEntry.create({
    data: {
      projectId: scope.projectId,
      actor: scope.actor,
      action,
      subject,
      details: JSON.parse(JSON.stringify(details)),
    },
  });
}
