import { PrismaPg } from '@prisma/adapter-pg';
import { pool } from './pool.ts';
import { PrismaClient } from './prisma/client.ts';
import { forgetProcessWide, processWide } from './process-wide.ts';

/**
 * The process's Prisma client, over the same pool as the hot path. It sees every project: use it only where there is
 * no project yet (access, boot); everything else goes through `scoped.ts`.
 */
export function db(): PrismaClient {
  return processWide('prisma', () => new PrismaClient({ adapter: new PrismaPg(pool()) }));
}

/** Lets go of the client; the pool is closed by `closePool`. */
export async function closeDb(): Promise<void> {
  await forgetProcessWide<PrismaClient>('prisma')?.$disconnect();
}

export type { PrismaClient };
