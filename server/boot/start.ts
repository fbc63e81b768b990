import { EnvError, env } from '#server/env.ts';
import { createProgress, PhaseError } from './progress.ts';
import { type Stack, startStack } from './stack.ts';

/** The longest that a stop may take; the guard goes on by itself with whatever is left then. */
const stopMs = 8_500;

const progress = createProgress(process.stdout);
const calledOff = new AbortController();
let stack: Stack | undefined;
let stopping = false;

async function stop(why: string): Promise<void> {
  // A Ctrl-C arrives more than once: from the terminal, from npm and from the bootstrap.
  if (stopping) return;
  stopping = true;
  progress.say(`Stopping (${why})`);
  setTimeout(
    () => leave('Some processes are slow to stop; they are being ended in the background.', 1),
    stopMs,
  ).unref();
  if (!stack) return calledOff.abort(new Error(why));
  await stack.stop();
  leave('Stopped.', 0);
}

function leave(text: string, code: number): never {
  progress.say(text);
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
if (process.env.SOLOGRAPH_BOOTSTRAP && process.connected) {
  process.on('disconnect', () => void stop('the process that started this one is gone'));
}

try {
  const { SOLOGRAPH_HOME: home } = env();
  const dev = process.argv.includes('--dev');
  const options = { home, web: true, worker: true, kind: 'server', label: 'npm start', dev } as const;
  stack = await startStack({ ...options, progress, signal: calledOff.signal });
  if (stack.attached) leave(`Solograph is already running: ${stack.url}`, 0);
  progress.say(`Solograph is ready: ${stack.url}`);
  const reason = await stack.lost;
  if (!stopping) {
    await stack.stop();
    leave(`Solograph stopped: ${reason}.`, 1);
  }
} catch (error) {
  if (calledOff.signal.aborted) leave('Stopped.', 0);
  if (error instanceof EnvError) leave(error.message, 2);
  if (error instanceof PhaseError) leave(`Solograph did not start: ${error.phase} failed.\n${error.message}`, 1);
  throw error;
}
