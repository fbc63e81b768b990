import OpenAI from 'openai';
import { retryAfter } from './failures.ts';

const longestMs = 10_000;
const modelsShown = 500;

/** What a connection is asked with. */
export type Probed = { apiKey: string | undefined; baseUrl: string | undefined; model: string };

/** What is wrong with a connection. `message` says it in words and what to do. */
export type ConnectionProblem = {
  problem: 'address' | 'refused' | 'secure' | 'timeout' | 'key' | 'credit' | 'limit' | 'model' | 'protocol' | 'server';
  message: string;
};
export type Probe =
  | { ok: true; ms: number; models: string[] }
  | ({ ok: false; ms: number; models: string[] } & ConnectionProblem);

/** Asks a server for its models, which costs nothing, and says what is wrong where that does not work. Never throws. */
export async function probe({ apiKey, baseUrl, model }: Probed): Promise<Probe> {
  const begun = performance.now();
  const ms = () => Math.round(performance.now() - begun);
  const client = new OpenAI({
    apiKey: apiKey ?? 'not-needed',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    maxRetries: 0,
    timeout: longestMs,
    logLevel: 'off',
  });
  const host = new URL(client.baseURL).host;
  try {
    const { data } = await client.models.list();
    if (!Array.isArray(data)) return { ok: false, ms: ms(), models: [], ...noProtocol(host) };
    const models = data.map(({ id }) => String(id)).sort();
    const known = model === '' || models.includes(model) || models.includes(`${model}:latest`);
    const shown = models.slice(0, modelsShown);
    if (known) return { ok: true, ms: ms(), models: shown };
    const message = `${host} has no model "${model}". Choose one of those that it has${models.length > 0 ? `, for example ${models.slice(0, 3).join(', ')}` : ''}.`;
    return { ok: false, ms: ms(), models: shown, problem: 'model', message };
  } catch (error) {
    return { ok: false, ms: ms(), models: [], ...problemOf(error, host) };
  }
}

function problemOf(error: unknown, host: string): ConnectionProblem {
  if (error instanceof OpenAI.APIConnectionTimeoutError)
    return {
      problem: 'timeout',
      message: `${host} did not answer within ${longestMs / 1_000} s. Check the URL, or whether it is overloaded.`,
    };
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') return problemOfStatus(error, host);
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { problem: 'address', message: `The name ${host} cannot be found. Check the URL and the network.` };
  if (code === 'ECONNREFUSED')
    return { problem: 'refused', message: `Nothing listens at ${host}. Start the server, or check the port.` };
  if (/CERT|SIGNED|TLS|SSL|WRONG_VERSION/.test(code))
    return {
      problem: 'secure',
      message: `No secure connection to ${host} comes about (${code}). Check its certificate, or http against https.`,
    };
  if (error instanceof SyntaxError) return noProtocol(host);
  return {
    problem: 'server',
    message: `${host} cannot be reached or broke off${code === '' ? '' : ` (${code})`}. Try again; check the URL.`,
  };
}

function problemOfStatus(error: InstanceType<typeof OpenAI.APIError>, host: string): ConnectionProblem {
  const status = error.status as number;
  if (status === 401) return { problem: 'key', message: `${host} refused the key (401). Enter a valid one.` };
  if (status === 403) return { problem: 'key', message: `The key may not use ${host} (403). Check its rights there.` };
  if (status === 404 || status === 405)
    return {
      problem: 'protocol',
      message: `${host} has nothing at this path (${status}). Check the URL; it usually ends with /v1.`,
    };
  if (status === 429 && error.code === 'insufficient_quota')
    return { problem: 'credit', message: `The account at ${host} has no credit left. Add credit there.` };
  if (status === 429) {
    const waitMs = retryAfter(error.headers ?? null, Date.now());
    const wait = waitMs === null ? 'Wait a moment' : `Wait ${Math.ceil(waitMs / 1_000)} s`;
    return { problem: 'limit', message: `${host} takes no more requests for now (429). ${wait}, then test again.` };
  }
  return { problem: 'server', message: `${host} failed (${status}). Try again later.` };
}

const noProtocol = (host: string): ConnectionProblem => ({
  problem: 'protocol',
  message: `${host} answers, but not in OpenAI's protocol. Check the URL; it usually ends with /v1.`,
});

function codeOf(error: unknown): string {
  for (let at: unknown = error, n = 0; at instanceof Error && n < 6; at = at.cause, n += 1)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}
