import { withAdvisoryLock } from '#server/db/advisory-lock.ts';
import { db } from '#server/db/client.ts';

/** Owner of projects that a command made before the first visit; nobody can sign in as it. */
export const localOwnerId = 'local';
const firstProjectName = 'My company';

/** The project that a command works on where none is named: the oldest, made at the first use. */
export async function ensureFirstProject(): Promise<{ id: string; name: string }> {
  return (await oldestProject()) ?? (await withAdvisoryLock('first-project', makeFirstProject));
}

async function makeFirstProject(): Promise<{ id: string; name: string }> {
  const known = await oldestProject();
  if (known) return known;
  const owner =
    (await db().user.findFirst({ where: { id: { not: localOwnerId } }, orderBy: { createdAt: 'asc' } })) ??
    (await db().user.upsert({
      where: { id: localOwnerId },
      create: { id: localOwnerId, name: 'This computer', email: 'local@localhost.invalid' },
      update: {},
    }));
  return await db().project.create({
    data: { ownerId: owner.id, name: firstProjectName },
    select: { id: true, name: true },
  });
}

async function oldestProject(): Promise<{ id: string; name: string } | null> {
  return await db().project.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true, name: true } });
}

/** Gives a new operator what commands made before, or else their first project. */
export async function adoptProjects(ownerId: string): Promise<void> {
  const { count } = await db().project.updateMany({ where: { ownerId: localOwnerId }, data: { ownerId } });
  if (count === 0) await db().project.create({ data: { ownerId, name: firstProjectName } });
}
