import pg from 'pg';
import { z } from 'zod';
import type { Engine } from './advance.ts';

const notice = z.object({ kind: z.literal('cancel'), runId: z.string() });

/** Stops the steps of a run in this process at once when it is cancelled anywhere; their commits are refused anyway. */
export async function listenForControl(
  connectionString: string,
  engine: Engine,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString, application_name: 'solograph worker control', keepAlive: true });
  client.on('error', onError);
  client.on('notification', ({ payload }) => {
    const parsed = notice.safeParse(JSON.parse(payload ?? 'null'));
    if (!parsed.success) return onError(new Error(`Not a control notice: ${payload}`));
    for (const step of engine.running.values()) if (step.runId === parsed.data.runId) step.abort.abort();
  });
  await client.connect();
  await client.query('listen solograph_control');
  return async () => {
    client.removeAllListeners('error');
    await client.end();
  };
}
