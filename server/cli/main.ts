import { parseArgs } from 'node:util';
import { EnvError } from '#server/env.ts';
import { AppError } from '#server/errors.ts';
import type { Answer, Command } from './command.ts';
import { UsageError, usage } from './usage.ts';

/** Loaded when asked for, so that `compile` does not wait for the database's libraries. */
const commands: Record<string, () => Promise<Command>> = {
  compile: async () => (await import('./commands/compile.ts')).compileCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  runs: async () => (await import('./commands/runs.ts')).runsCommand,
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand,
  pause: async () => (await import('./commands/pause.ts')).pauseCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  why: async () => (await import('./commands/why.ts')).whyCommand,
  lineage: async () => (await import('./commands/lineage.ts')).lineageCommand,
  undo: async () => (await import('./commands/undo.ts')).undoCommand,
  checkpoints: async () => (await import('./commands/checkpoints.ts')).checkpointsCommand,
  fork: async () => (await import('./commands/fork.ts')).forkCommand,
  rewind: async () => (await import('./commands/rewind.ts')).rewindCommand,
  retry: async () => (await import('./commands/retry.ts')).retryCommand,
  event: async () => (await import('./commands/event.ts')).eventCommand,
  template: async () => (await import('./commands/template.ts')).templateCommand,
  memory: async () => (await import('./commands/memory.ts')).memoryCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  secrets: async () => (await import('./commands/secrets.ts')).secretsCommand,
  retention: async () => (await import('./commands/retention.ts')).retentionCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
};

/** Runs one command line. Answers the exit code. */
async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(usage);
    return 0;
  }
  const load = commands[name];
  if (!load) throw new UsageError(`There is no command "${name}".\n\n${usage}`);
  const command = await load();
  const { values, positionals } = parse(rest, command);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  const { json, ...options } = values;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const answer = await command.run({ words: positionals, options, say, signal: stop.signal });
  await print(answer, json === true);
  return answer.exitCode;
}

function parse(args: string[], command: Command): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...command.options, json: { type: 'boolean' } } });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

async function print({ json, text }: Answer, asJson: boolean): Promise<void> {
  const output = asJson ? JSON.stringify(json) : text;
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(`${output}\n`, (error) => (error ? reject(error) : resolve())),
  );
}

function explain(error: unknown): { text: string; exitCode: 1 | 2 } {
  if (error instanceof UsageError || error instanceof EnvError) return { text: error.message, exitCode: 2 };
  if (error instanceof AppError) return { text: appErrorText(error), exitCode: error.code === 'INPUT_INVALID' ? 2 : 1 };
  return { text: error instanceof Error ? error.message : String(error), exitCode: 1 };
}

function appErrorText(error: AppError): string {
  const diagnostics =
    (error.details as { diagnostics?: { code: string; message: string }[] } | undefined)?.diagnostics ?? [];
  const cause = error.code === 'INTERNAL' && error.cause instanceof Error ? `\n  ${error.cause.message}` : '';
  return [error.message + cause, ...diagnostics.map(({ code, message }) => `  ${code}: ${message}`)].join('\n');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { text, exitCode } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}
// A connection that some library keeps open must not hold the command back.
process.exit();
