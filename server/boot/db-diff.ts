import fs from 'node:fs';
import path from 'node:path';
import { migrate } from '../db/migrate.ts';
import { migrationsFolder, readMigrations } from '../db/migrations-folder.ts';
import { schemaDrift } from '../db/schema-drift.ts';
import { openScratch } from './scratch.ts';

/** `npm run db:diff NAME`: writes the migration that leads from the migrations so far to schema.prisma. */
const [name = '', ...more] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]{0,59}$/.test(name) || more.length > 0) {
  console.error('Name the migration, in small letters, digits and underscores: npm run db:diff add_budgets');
  process.exit(2);
}

const scratch = openScratch();
try {
  const databaseUrl = await scratch.postgres();
  await migrate(databaseUrl);
  const sql = await schemaDrift(databaseUrl);
  console.log(sql === '' ? 'Nothing to write: the migrations do what schema.prisma says.' : written(sql));
} finally {
  await scratch.close();
}
if (process.connected) process.disconnect();

function written(sql: string): string {
  const folder = path.join(migrationsFolder, `${nextStamp()}_${name}`);
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'migration.sql'), `${sql}\n`);
  const file = path.relative(process.cwd(), path.join(folder, 'migration.sql'));
  return `Wrote ${file}. Read it before you commit it: a renamed column looks like a drop and an add.`;
}

/** The time as Prisma writes it, and always after the last migration: they are applied in the order of their names. */
function nextStamp(): string {
  const now = Number(new Date().toISOString().replace(/\D/g, '').slice(0, 14));
  const last = Number(readMigrations().at(-1)?.name.slice(0, 14) ?? 0);
  return String(Math.max(now, last + 1));
}
