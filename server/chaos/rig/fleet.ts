import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The end of a worker that nobody stopped in good order. `at`: by the clock of this process. */
export type Death = { pid: number; at: number };

/** Worker processes of a scenario, and a supervisor that starts each again when it ends. */
export type Fleet = {
  alive: () => ChildProcess[];
  deaths: Death[];
  kill: (child: ChildProcess) => void;
  /** Starts one more. */
  add: () => void;
  /** Stops one in good order; it is not started again. */
  retire: (child: ChildProcess) => Promise<void>;
  stop: () => Promise<void>;
};

export type FleetOptions = {
  databaseUrl: string;
  size: number;
  chromaUrl?: string | undefined;
  /** Added to the environment of a worker; `born` counts all that were started. */
  env: (born: number) => Record<string, string>;
};

const main = path.resolve(import.meta.dirname, '../../engine/main.ts');
const skew = pathToFileURL(path.resolve(import.meta.dirname, 'skew.ts')).href;
const startAgainMs = 100;
const stopMs = 8_000;
/** Nothing listens there: the index is away, and the product goes on without it. */
const nowhere = 'http://127.0.0.1:9';

// Its input ends with this process, and the worker with it.
const stdio: StdioOptions = ['pipe', 'ignore', process.env.SOLOGRAPH_CHAOS_LOG ? 'inherit' : 'ignore'];

export function openFleet({ databaseUrl, size, chromaUrl = nowhere, env }: FleetOptions): Fleet {
  const children = new Set<ChildProcess>();
  const retired = new Set<ChildProcess>();
  const deaths: Death[] = [];
  let born = 0;
  let stopping = false;

  function start(): void {
    if (stopping) return;
    const own = env(born);
    born += 1;
    const child: ChildProcess = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--import', skew, main],
      {
        env: {
          NODE_ENV: process.env.NODE_ENV,
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          TMPDIR: process.env.TMPDIR,
          DATABASE_URL: databaseUrl,
          CHROMA_URL: chromaUrl,
          LOG_LEVEL: process.env.SOLOGRAPH_CHAOS_LOG ?? 'silent',
          SOLOGRAPH_GUARDED: '1',
          ...own,
        },
        stdio,
      },
    );
    children.add(child);
    child.on('exit', () => {
      children.delete(child);
      if (retired.has(child)) return;
      deaths.push({ pid: child.pid ?? 0, at: Date.now() });
      setTimeout(start, startAgainMs);
    });
  }

  async function retire(child: ChildProcess): Promise<void> {
    retired.add(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await ended;
    clearTimeout(late);
  }

  for (let n = 0; n < size; n += 1) start();
  return {
    deaths,
    alive: () => [...children],
    kill: (child) => void child.kill('SIGKILL'),
    add: start,
    retire,
    async stop() {
      stopping = true;
      await Promise.all([...children].map(retire));
    },
  };
}
