import readline from 'node:readline/promises';
import { UsageError } from './usage.ts';

/** Asks before something that cannot be taken back. `--yes` answers it; without a terminal it must be given. */
export async function confirm(question: string, options: Record<string, unknown>): Promise<boolean> {
  if (options.yes === true) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Repeat the command with --yes to do it.`);
  const lines = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
