import { setTimeout as sleep } from 'node:timers/promises';

/** SQLSTATE classes of a value that Postgres cannot hold: wrong data, or beyond a limit. */
const dataErrors = /^(22|54)/;
/** Of a statement that may succeed as it is: connections that broke, a server that stops or starts, deadlocks, too many connections. */
const passingErrors = /^(08|40001|40P01|53300|57P0[1-5]|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH)/;
const brokenConnection =
  /connection (terminated|ended|timeout)|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error/i;

const delaysMs = [20, 50, 100, 250, 500, 1_000, 1_000, 2_000, 2_000];

/** A value that Postgres cannot hold. */
export function isDataError(error: unknown): boolean {
  return dataErrors.test(codeOf(error));
}

/** A failure of the way to the database, not of what was asked of it. */
export function isPassing(error: unknown): boolean {
  return passingErrors.test(codeOf(error)) || brokenConnection.test(error instanceof Error ? error.message : '');
}

/** Asks the database again while the way to it is broken, for about 7 s. Only for what may be asked twice. */
export async function retried<T>(ask: () => Promise<T>, wait: (ms: number) => Promise<unknown> = sleep): Promise<T> {
  for (const delayMs of delaysMs) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await wait(delayMs);
    }
  }
  return await ask();
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
