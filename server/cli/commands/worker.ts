import type { Command } from '../command.ts';

/** `worker`: one more worker on DATABASE_URL, until it is stopped. */
export const workerCommand: Command = {
  options: {},
  async run() {
    await import('#server/engine/main.ts');
    return await new Promise<never>(() => undefined);
  },
};
