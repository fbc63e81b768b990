import { startStack } from '#server/boot/stack.ts';
import { closeDb } from '#server/db/client.ts';
import { closePool, connectTo } from '#server/db/pool.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { env } from '#server/env.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { actor } from './actor.ts';
import type { Invocation } from './command.ts';

type Product = { scope: Scope; databaseUrl: string; chromaUrl: string | null; url: string | null };

/**
 * Does something with the product: attaches to the instance that runs on this home, or starts what is needed and stops
 * it afterwards. Works on the first project.
 */
export async function withProduct<T>(
  { say, signal }: Invocation,
  needs: { worker: boolean },
  act: (product: Product) => Promise<T>,
): Promise<T> {
  const progress = {
    say,
    phase: <R>(_name: string, work: (note: (text: string) => void) => Promise<R>): Promise<R> => work(() => undefined),
  };
  const stack = await startStack({ home: env().SOLOGRAPH_HOME, web: false, worker: needs.worker, progress, signal });
  try {
    connectTo(stack.databaseUrl);
    const { id } = await ensureFirstProject();
    return await act({
      scope: scopeOf(id, actor),
      databaseUrl: stack.databaseUrl,
      chromaUrl: stack.chromaUrl,
      url: stack.url,
    });
  } finally {
    await closeDb();
    await closePool();
    await stack.stop();
  }
}
