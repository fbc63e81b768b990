import { query } from '#server/db/pool.ts';
import { env } from '#server/env.ts';
import { version } from '#server/version.ts';

/** A part that is well, with its version, or is not, with the reason. Reasons name no address and no secret. */
export type PartHealth = { ok: true; version: string } | { ok: false; version?: string; reason: string };

export type Health = {
  /** Work gets done: Postgres answers and a worker is alive. */
  ok: boolean;
  version: string;
  postgres: PartHealth;
  chroma: PartHealth;
  workers: { ok: boolean; count: number; reason?: string };
  /** Work gets done, but something is missing: `chroma` says what. */
  degraded: boolean;
};

const databaseMs = 3_000;
const chromaMs = 1_500;
const freshHeartbeat = '10 seconds';

/** How the parts are. Never throws: what cannot be asked is not well. `chromaUrl` stands in for CHROMA_URL. */
export async function checkHealth({ chromaUrl = env().CHROMA_URL }: { chromaUrl?: string } = {}): Promise<Health> {
  const [{ postgres, workers }, chroma] = await Promise.all([askPostgres(), askChroma(chromaUrl)]);
  const ok = postgres.ok && workers.ok;
  return { ok, version, postgres, chroma, workers, degraded: ok && !chroma.ok };
}

async function askPostgres(): Promise<Pick<Health, 'postgres' | 'workers'>> {
  try {
    const [row] = await inTime(databaseMs, () =>
      query<{ version: string; live: number }>(
        `select current_setting('server_version') as version,
                (select count(*)::int from worker where stopped_at is null and dead_at is null
                    and heartbeat_at > now() - $1::interval) as live`,
        [freshHeartbeat],
      ),
    );
    const count = row?.live ?? 0;
    const reason = 'no worker is alive: nothing runs until one starts (npm start, or npm run worker)';
    const workers = count > 0 ? { ok: true, count } : { ok: false, count, reason };
    return { postgres: { ok: true, version: row?.version ?? '' }, workers };
  } catch (error) {
    const reason = postgresReason(error);
    return {
      postgres: { ok: false, reason },
      workers: { ok: false, count: 0, reason: 'the database does not answer' },
    };
  }
}

const reasonByCode: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host name is not known',
  ETIMEDOUT: 'no answer from its address',
  '28P01': 'user or password are refused',
  '28000': 'the user is refused',
  '3D000': 'the database does not exist',
  '42P01': 'the tables are missing: the migrations have not run',
  '53300': 'it has no connection left',
  '57P03': 'it is starting up or shutting down',
};

/** Why Postgres is not well, without what an error may tell of addresses and users. */
export function postgresReason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (message === tooSlow) return `no answer within ${databaseMs / 1000} s`;
  return reasonByCode[code ?? ''] ?? `it does not answer${code ? ` (${code})` : ''}`;
}

async function askChroma(chromaUrl: string | undefined): Promise<PartHealth> {
  const fallback = 'memory search uses Postgres full text alone';
  if (!chromaUrl) return { ok: false, reason: `CHROMA_URL is not set: ${fallback}` };
  try {
    const { address, headers } = addressOf(chromaUrl);
    const answer = await fetch(address, { headers, signal: AbortSignal.timeout(chromaMs), cache: 'no-store' });
    if (!answer.ok) return { ok: false, reason: `it answers ${answer.status}: ${fallback}` };
    return { ok: true, version: String(await answer.json()) };
  } catch {
    // Whatever it was: the operator sees that the index is away, and Chroma's own log has the rest.
    return { ok: false, reason: `it does not answer: ${fallback}` };
  }
}

function addressOf(chromaUrl: string): { address: URL; headers: Record<string, string> } {
  const address = new URL(`${chromaUrl.replace(/\/+$/, '')}/api/v2/version`);
  const { username, password } = address;
  address.username = '';
  address.password = '';
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return { address, headers: username ? { authorization: `Basic ${credentials}` } : {} };
}

const tooSlow = 'too slow';

function inTime<T>(limitMs: number, act: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(tooSlow)), limitMs);
  });
  return Promise.race([act(), late]).finally(() => clearTimeout(timer));
}
