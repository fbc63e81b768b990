import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** A migration of the folder. `checksum` is the one that Prisma records. */
export type Migration = { name: string; sql: string; checksum: string };

const prismaFolder = path.resolve(import.meta.dirname, '..', '..', 'prisma');
export const migrationsFolder = path.join(prismaFolder, 'migrations');

/** The Prisma schema, as the engine wants it. */
export function prismaSchema(): { path: string; content: string } {
  return { path: 'schema.prisma', content: fs.readFileSync(path.join(prismaFolder, 'schema.prisma'), 'utf8') };
}

/** The migrations of this software, in the order in which they are applied. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
