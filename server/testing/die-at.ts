import { once } from 'node:events';
import pg from 'pg';

/**
 * Loaded into a worker process under test (`--import`). Once armed by SIGUSR2 it counts what the process waits for while
 * it works on a run (each statement, the request to a model, its answer and the first piece of that) and ends the process on the
 * spot, as a power cut would, instead of the one with the number in SOLOGRAPH_DIE_AT. It reads its modules and begins to
 * work when it is told so by its input: a successor stands by while the one before it is still at work.
 */
const dieAt = Number(process.env.SOLOGRAPH_DIE_AT);
/** What a worker asks whether or not there is work. */
const background =
  /graphile_worker|heartbeat_at|sg_dead_workers|sg_adopt|sg_deliver|pg_notify|listen |l\.run_id where r\.active|^(?:begin|commit)/i;

let armed = false;
let waits = 0;
process.on('SIGUSR2', () => {
  armed = true;
});

function count(): void {
  if (!armed) return;
  waits += 1;
  if (waits === dieAt) process.kill(process.pid, 'SIGKILL');
}

type Query = { text?: string } | string;
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]): unknown {
  const [asked] = args as [Query];
  const text = typeof asked === 'string' ? asked : (asked?.text ?? '');
  if (text !== '' && !background.test(text)) count();
  return query.apply(this, args);
} as typeof pg.Client.prototype.query;

const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  count();
  const response = await fetch(...args);
  count();
  if (!response.body) return response;
  let begun = false;
  const pieces = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        // What comes after the first piece leaves nothing behind that would differ.
        if (!begun) count();
        begun = true;
        controller.enqueue(piece);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(pieces, { status, statusText, headers });
};

await import('#server/engine/worker.ts');
await once(process.stdin, 'data');
process.stdin.destroy();
