import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

const charOid = 18;
const textOid = pg.types.builtins.TEXT;

/** A pool that hides the catalog's type "char", which Prisma's adapter refuses, and remembers where it was. */
class CatalogPool extends pg.Pool {
  readonly charColumns = new WeakMap<object, number[]>();

  constructor(connectionString: string) {
    super({ connectionString, max: 2 });
    const query = super.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>;
    const remembering = async (...args: unknown[]) => {
      const result = await query(...args);
      if (!Array.isArray(result)) this.remember(result);
      return result;
    };
    this.query = remembering as typeof this.query;
  }

  private remember(result: pg.QueryResult): void {
    const chars = result.fields.filter((field) => field.dataTypeID === charOid);
    if (chars.length === 0) return;
    this.charColumns.set(
      result.rows,
      chars.map((field) => result.fields.indexOf(field)),
    );
    for (const field of chars) field.dataTypeID = textOid;
  }
}

/** Prisma's driver adapter with the two repairs that its migration engine needs on Postgres. */
export function schemaEngineAdapter(databaseUrl: string): {
  factory: SqlMigrationAwareDriverAdapterFactory;
  close: () => Promise<void>;
} {
  const pool = new CatalogPool(databaseUrl);
  const prisma = new PrismaPg(pool);
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: prisma.provider,
    adapterName: prisma.adapterName,
    connect: async () => repaired(await prisma.connect(), pool),
    connectToShadowDb: async () => repaired(await prisma.connectToShadowDb(), pool),
  };
  return { factory, close: () => pool.end() };
}

function repaired(connection: SqlDriverAdapter, pool: CatalogPool): SqlDriverAdapter {
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of pool.charColumns.get(result.rows) ?? []) {
      result.columnTypes[column] = ColumnTypeEnum.Character;
    }
    return result;
  };
  // Prisma's adapter cuts a script at every semicolon, also inside the body of a function. Postgres takes it whole,
  // and applies all of it or nothing.
  connection.executeScript = async (script) => {
    await pool.query(script).catch((error: unknown) => {
      throw asAdapterError(error);
    });
  };
  return connection;
}

function asAdapterError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? '',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
