import pino from 'pino';
import { EnvError, env } from '#server/env.ts';
import { startWorker, type WorkerEnv } from './worker.ts';

/** Exit code that asks the supervisor for another start. */
const startAgain = 75;

const settings = readEnv();
const log = pino({ name: 'worker', level: settings.LOG_LEVEL });
const worker = await startWorker(settings, log, (reason) => {
  log.fatal({ reason }, 'this worker may not go on');
  process.exit(startAgain);
});

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ why }, 'stopping');
  await worker.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
if (process.env.SOLOGRAPH_GUARDED === '1') {
  process.stdin.resume();
  process.stdin.on('end', () => void stop('the supervisor is gone'));
}

function readEnv(): WorkerEnv {
  try {
    const read = env();
    if (read.DATABASE_URL) return { ...read, DATABASE_URL: read.DATABASE_URL };
    process.stderr.write(
      'A worker needs DATABASE_URL, the database that the product runs on.\n  example: DATABASE_URL=postgres://user:password@127.0.0.1:5432/solograph\n',
    );
    process.exit(2);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
