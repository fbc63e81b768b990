import { sqlToSchema } from './schema-engine.ts';

/**
 * What schema.prisma says and the migrations do not do, as SQL; empty where they agree. Takes the address of a database
 * to which all migrations were applied. What Prisma's schema cannot say (functions, views, partial indexes and indexes
 * over expressions, written by hand in migrations) does not count.
 */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  const sql = await sqlToSchema(databaseUrl);
  return sql.replace('-- This is an empty migration.', '').trim();
}
