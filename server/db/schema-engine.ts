import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { type Migration, migrationsFolder, prismaSchema } from './migrations-folder.ts';
import { schemaEngineAdapter } from './schema-engine-adapter.ts';

const filters = { externalTables: [], externalEnums: [] };

/** Runs `act` with Prisma's migration engine (WASM, over the pg driver: no binary to download) on a database. */
async function withEngine<T>(databaseUrl: string, act: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { factory, close } = schemaEngineAdapter(databaseUrl);
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  const { path, content } = prismaSchema();
  try {
    const engine = await SchemaEngine.new({ datamodels: [[path, content]] }, () => undefined, adapter);
    try {
      return await act(engine);
    } finally {
      engine.free();
    }
  } finally {
    await close();
  }
}

/** Applies the migrations that the database has not seen and records them. Answers their names. */
export async function applyMigrations(databaseUrl: string, migrations: readonly Migration[]): Promise<string[]> {
  const migrationsList = {
    baseDir: migrationsFolder,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
  const { appliedMigrationNames } = await withEngine(databaseUrl, (engine) =>
    engine.applyMigrations({ migrationsList, filters }),
  );
  return appliedMigrationNames;
}

/** The SQL that leads from a database as it is to schema.prisma. */
export async function sqlToSchema(databaseUrl: string): Promise<string> {
  const files = [prismaSchema()];
  const { stdout } = await withEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: migrationsFolder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  return stdout ?? '';
}
