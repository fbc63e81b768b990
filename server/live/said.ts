import { z } from 'zod';

/** Channel of the database on which workers tell what steps say while they run. */
export const saidChannel = 'solograph_said';

const by = {
  runId: z.string(),
  state: z.string(),
  path: z.string(),
  attempt: z.int(),
};
const saidSchema = z.discriminatedUnion('kind', [
  /** A piece of what a model answers; `from`: how many characters came before it. */
  z.object({ kind: z.literal('text'), ...by, from: z.int(), text: z.string() }),
  /** A line of a step's log; `at` in epoch milliseconds. */
  z.object({ kind: z.literal('log'), ...by, at: z.number(), message: z.string() }),
]);

/** What a step says while it runs. Told once, kept nowhere: the step's output and log hold it when it is over. */
export type Said = z.infer<typeof saidSchema>;

/** Reads a notice; null: another program notified on our channel. */
export function readSaid(payload: string): Said[] | null {
  try {
    return z.array(saidSchema).parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
