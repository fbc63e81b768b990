import { UsageError } from './usage.ts';

/** The checkpoint that `--at` names. Errors: UsageError. */
export function seqOption(options: Record<string, unknown>, command: string): number {
  const { at } = options;
  if (typeof at !== 'string' || !/^\d{1,9}$/.test(at))
    throw new UsageError(
      `${command} needs --at SEQ, the number of a checkpoint${at === undefined ? '' : `, not "${String(at)}"`}. List them: solograph checkpoints R-12`,
    );
  return Number(at);
}
