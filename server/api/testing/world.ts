import { randomBytes, randomUUID } from 'node:crypto';
import { db } from '#server/db/client.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { env, provideEnv } from '#server/env.ts';
import { liveHub } from '#server/live/hub.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import type { Operator } from '../context.ts';
import { appRouter } from '../root.ts';
import { callerFactory } from '../trpc.ts';

/** A database with the caller's way in: operators and projects are made as tests need them. */
export type World = {
  database: TestDatabase;
  operator: () => Promise<Operator>;
  project: (owner: Operator) => Promise<Scope>;
  /** Calls procedures as an operator, or as nobody; the signal ends their streams. */
  as: (operator: Operator | null, signal?: AbortSignal) => ReturnType<typeof createCaller>;
  close: () => Promise<void>;
};

const createCaller = callerFactory(appRouter);

/** Opens a world on an empty database. Call it in `beforeAll` and its `close` in `afterAll`. */
export async function openWorld(): Promise<World> {
  if (env().SOLOGRAPH_SECRET === undefined) provideEnv({ SOLOGRAPH_SECRET: randomBytes(32).toString('hex') });
  const database = await testDatabase();
  let made = 0;
  return {
    database,
    async operator() {
      made += 1;
      const operator = { id: randomUUID(), email: `operator${made}@example.test`, name: `Operator ${made}` };
      await db().user.create({ data: operator });
      return operator;
    },
    async project(owner) {
      const { id } = await db().project.create({ data: { ownerId: owner.id, name: 'Company' } });
      return scopeOf(id, owner.email);
    },
    as: (operator, signal) => createCaller({ operator }, { signal }),
    async close() {
      await liveHub().close();
      await database.close();
    },
  };
}
