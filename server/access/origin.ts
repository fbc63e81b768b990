import { isIP } from 'node:net';
import { env } from '#server/env.ts';

/** Addresses to listen on that are none to go to. */
const everywhere = new Set(['0.0.0.0', '::']);

/** Where this installation is reached: SOLOGRAPH_URL, or the address it listens on. */
export function ownOrigin(): string {
  const { SOLOGRAPH_URL, HOST, PORT } = env();
  if (SOLOGRAPH_URL) return new URL(SOLOGRAPH_URL).origin;
  const host = everywhere.has(HOST) ? 'localhost' : isIP(HOST) === 6 ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

/**
 * Whether a Host header names this installation. A site that lets its own name point here (DNS rebinding) is refused:
 * its pages may speak to it as their own origin otherwise. Addresses and localhost cannot be claimed by a stranger.
 */
export function isOwnHost(host: string | null): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname.toLowerCase();
  if (!host || !name) return false;
  if (name === 'localhost' || name.endsWith('.localhost') || isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true;
  return [env().HOST.toLowerCase(), new URL(ownOrigin()).hostname].includes(name);
}

/** Origins whose pages may change something: the one that the request came to, where that is ours. */
export function trustedOrigins(headers: Headers | undefined): string[] {
  const host = headers?.get('host') ?? null;
  return isOwnHost(host) ? [ownOrigin(), `http://${host}`, `https://${host}`] : [ownOrigin()];
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may go on: reading is free, changing needs an Origin that is our own. A client without an Origin
 * that is no browser (no Sec-Fetch-Site) carries no one else's cookies and may go on.
 */
export function isSameOrigin(request: { method: string; headers: Headers }): boolean {
  if (reading.has(request.method)) return true;
  const origin = request.headers.get('origin');
  if (origin !== null) return trustedOrigins(request.headers).includes(origin);
  const site = request.headers.get('sec-fetch-site');
  return site === null || site === 'same-origin';
}
