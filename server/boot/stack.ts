import { keptSecret } from '#server/access/secret.ts';
import { parseEnv } from '#server/env.ts';
import { migrate } from '../db/migrate.ts';
import { ensureBuild } from './build.ts';
import { planChroma, waitForChroma } from './chroma.ts';
import { type Instance, sizeOf, tailOf } from './home.ts';
import { planPostgres, postgresSpec, postgresUrl, waitForPostgres } from './postgres.ts';
import { type Note, type Progress, quietProgress } from './progress.ts';
import { openSession, type Part, type Session } from './session.ts';
import { freePort, urlFor, waitForWeb, webSpec } from './web.ts';
import { waitForWorker, workerSpec } from './worker.ts';

export { type Instance, readInstance } from './home.ts';

export type StackOptions = {
  home: string;
  /** The web server. Builds the pages first when their sources changed. */
  web: boolean;
  /** One worker process. */
  worker: boolean;
  /** Chroma; on unless switched off. */
  chroma?: boolean;
  /** Overrides PORT; 0 takes any free one. */
  port?: number;
  /** Added to, or (undefined) taken from, the environment that the parts see. */
  env?: Record<string, string | undefined>;
  /** Next.js in development mode, without a build. */
  dev?: boolean;
  /** `server` for npm start, on which commands may rely; `command` otherwise. */
  kind?: Instance['kind'];
  /** Who holds the home, shown to others that wait for it. */
  label?: string;
  progress?: Progress;
  signal?: AbortSignal;
};

export type Stack = {
  url: string | null;
  databaseUrl: string;
  chromaUrl: string | null;
  /** The instance that was already running and is used; it is not stopped by `stop`. */
  attached: Instance | null;
  /** Resolves with the reason when the stack broke for good. */
  lost: Promise<string>;
  stop(): Promise<void>;
};

type Context = {
  options: StackOptions;
  session: Session;
  progress: Progress;
  config: ReturnType<typeof parseEnv>;
  /** What the worker and the web server see. */
  env: Record<string, string | undefined>;
};

/** Starts what is asked for and is not external, or attaches to the instance that runs on this home already. */
export function startStack(options: StackOptions): Promise<Stack> {
  return withSession(options, assemble);
}

async function withSession<T>(options: StackOptions, act: (context: Context) => Promise<T>): Promise<T> {
  const { signal, kind = 'command', label = process.argv.slice(2, 4).join(' ') || 'a command' } = options;
  const progress = options.progress ?? quietProgress;
  const given = { ...process.env, ...options.env };
  const config = parseEnv({ ...given, SOLOGRAPH_HOME: options.home });
  const { SOLOGRAPH_HOME: home, SOLOGRAPH_ROOT: root } = config;
  const embedded = !config.DATABASE_URL || (options.chroma !== false && !config.CHROMA_URL);
  const exclusive = kind === 'server' || embedded;
  const session = await openSession({ home, kind, label, exclusive, say: progress.say, signal });
  const env = {
    ...given,
    SOLOGRAPH_HOME: home,
    SOLOGRAPH_ROOT: root,
    SOLOGRAPH_SECRET: config.SOLOGRAPH_SECRET ?? keptSecret(home),
    SOLOGRAPH_GUARDED: '1',
    SOLOGRAPH_BOOTSTRAP: undefined,
  };
  try {
    return await Promise.race([act({ options, session, progress, config, env }), broken(session, signal)]);
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** Rejects when the start is called off, or when its children can be looked after no longer. */
function broken(session: Session, signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    session.lost.then((reason) => reject(new Error(reason)));
  });
}

async function assemble(context: Context): Promise<Stack> {
  const { options, session, progress, config } = context;
  const wantsWeb = options.web && !session.attached;
  const building = wantsWeb && !options.dev ? progress.phase('build', (note) => build(context, note)) : undefined;
  const indexing = options.chroma === false ? null : chroma(context);
  const [databaseUrl, chromaUrl] = await Promise.all([database(context), indexing, building]);
  const address = { DATABASE_URL: databaseUrl, CHROMA_URL: chromaUrl ?? undefined };
  const port = wantsWeb ? await choosePort(context) : null;
  const url = port === null ? (session.attached?.url ?? null) : urlFor(config.HOST, port);
  const env = { ...context.env, ...address, SOLOGRAPH_URL: config.SOLOGRAPH_URL ?? url ?? undefined };
  const started = { ...context, env };
  await Promise.all([
    options.worker && !hasWorker(session, databaseUrl) ? worker(started, databaseUrl) : undefined,
    port === null ? undefined : web(started, port),
  ]);
  session.record({ phase: 'ready', ...(port === null ? {} : { url }) });
  const { attached, lost } = session;
  return { url, databaseUrl, chromaUrl, attached, lost, stop: () => session.release() };
}

const hasWorker = ({ attached }: Session, databaseUrl: string) => attached?.databaseUrl === databaseUrl;

async function build({ config }: Context, note: Note): Promise<void> {
  if ((await ensureBuild(config.SOLOGRAPH_ROOT, config.SOLOGRAPH_HOME)) === 'current') note('up to date');
}

function database({ session, progress, config }: Context): Promise<string> {
  const external = config.DATABASE_URL;
  const migrated = async (url: string) => {
    await progress.phase('migrations', async (note) => {
      const { applied } = await migrate(url);
      note(applied.length === 0 ? 'up to date' : `${applied.length} applied`);
    });
    session.record({ databaseUrl: url });
    return url;
  };
  if (external) return session.once('external database', () => migrated(external));
  if (session.attached?.databaseUrl) return Promise.resolve(session.attached.databaseUrl);
  return session.once('database', async () => {
    const url = await progress.phase('database', async (note) => {
      const plan = await planPostgres(session.home);
      const ready = (giveUp: AbortSignal) => waitForPostgres(plan, giveUp);
      const version = await runPart(session, { spec: postgresSpec(plan), timeoutMs: 120_000, ready });
      note([`Postgres ${version} on port ${plan.port}`, ...plan.notes].join('; '));
      return postgresUrl(plan);
    });
    return migrated(url);
  });
}

/** The product works without Chroma (search falls back to Postgres), so a failure is said and the start goes on. */
async function chroma({ session, progress, config }: Context): Promise<string> {
  if (config.CHROMA_URL) return config.CHROMA_URL;
  if (session.attached?.chromaUrl) return session.attached.chromaUrl;
  return session.once('chroma', () =>
    progress.phase('memory index', async (note) => {
      const { spec, url } = await planChroma(session.home);
      const ready = (giveUp: AbortSignal) => waitForChroma(url, giveUp);
      try {
        const version = await runPart(session, { spec, timeoutMs: 20_000, ready });
        note(`Chroma ${version} on port ${new URL(url).port}`);
      } catch (error) {
        const [reason] = (error as Error).message.split('\n');
        note(`not available, memory search uses Postgres alone. Chroma ${reason}; see ${spec.logFile}`, 'warn');
      }
      session.record({ chromaUrl: url });
      return url;
    }),
  );
}

async function choosePort({ options, progress, config }: Context): Promise<number> {
  const wanted = options.port ?? config.PORT;
  const port = await freePort(wanted, config.HOST);
  if (wanted !== 0 && port !== wanted) progress.say(`Port ${wanted} is taken; using ${port}`);
  return port;
}

function worker({ session, progress, config, env }: Context, databaseUrl: string): Promise<void> {
  return session.once('worker', () =>
    progress.phase('worker', () =>
      runPart(session, {
        spec: workerSpec(config.SOLOGRAPH_ROOT, session.home, env),
        timeoutMs: 60_000,
        ready: (giveUp, child) => waitForWorker(databaseUrl, child.pid, giveUp),
      }),
    ),
  );
}

function web({ options, session, progress, config, env }: Context, port: number): Promise<void> {
  const { SOLOGRAPH_ROOT: root, HOST: host } = config;
  const spec = webSpec({ root, home: session.home, host, port, dev: options.dev === true, env });
  const ready = (giveUp: AbortSignal) => waitForWeb(urlFor(host, port), { well: options.worker, giveUp });
  return session.once('web', () => progress.phase('web', () => runPart(session, { spec, timeoutMs: 60_000, ready })));
}

async function runPart<T>(session: Session, part: Part<T>): Promise<T> {
  const from = sizeOf(part.spec.logFile);
  try {
    return await session.run(part);
  } catch (error) {
    const log = tailOf(part.spec.logFile, from);
    throw new Error(`${(error as Error).message}${log && `\n${log}`}`, { cause: error });
  }
}

export type Ensure = Pick<StackOptions, 'home' | 'env' | 'label' | 'progress'>;

/** The database of this home, migrated: the running instance's, DATABASE_URL's, or an embedded one started for us. */
export async function ensureDatabase(options: Ensure): Promise<{ databaseUrl: string; stop: () => Promise<void> }> {
  const { databaseUrl, stop } = await startStack({ ...options, web: false, worker: false, chroma: false });
  return { databaseUrl, stop };
}

/** The Chroma of this home, likewise. Where it cannot run, nothing answers at that address. */
export function ensureChroma(options: Ensure): Promise<{ chromaUrl: string; stop: () => Promise<void> }> {
  const part = { ...options, web: false, worker: false };
  return withSession(part, async (context) => {
    const chromaUrl = await chroma(context);
    return { chromaUrl, stop: () => context.session.release() };
  });
}
