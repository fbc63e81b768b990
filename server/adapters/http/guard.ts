import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { NodeError } from '#nodes/core/errors.ts';

export type Address = { address: string; family: 4 | 6 };

const nat64 = ipaddr.parseCIDR('64:ff9b::/96');
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Whether an address is on the public internet: not of this machine, its networks, or any special purpose. */
export function isPublic(address: string): boolean {
  // An IPv4 address that is wrapped in IPv6 is judged as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast';
  if (parsed.match(nat64)) return false;
  return parsed.range() === 'unicast' && parsed.match(globalUnicast);
}

/**
 * Checks where a request would go, and answers the addresses that it may connect to and no others. Every address of the
 * host must be public, unless the operator allowed the host. Errors: HTTP_BLOCKED, HTTP_UNAVAILABLE, INPUT_INVALID.
 */
export async function resolveTarget(url: URL, allowedHosts: string[]): Promise<Address[]> {
  refuseBadUrl(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await addressesOf(host);
  if (isAllowed(url, allowedHosts)) return addresses;
  const inner = addresses.find(({ address }) => !isPublic(address));
  if (inner)
    throw blocked(
      `${url.host} is at ${inner.address}, which is not a public address. If the pipeline may reach it, ` +
        `add "${url.host}" to the allowed hosts in the project's settings.`,
    );
  return addresses;
}

/** Whether the operator allowed the host: `host` means any port of it, `host:port` that port. */
export function isAllowed(url: URL, allowedHosts: string[]): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowedHosts.some((allowed) => [host, `${host}:${port}`].includes(allowed.trim().toLowerCase()));
}

function refuseBadUrl(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw blocked(`Only http:// and https:// addresses can be requested; it is ${url.protocol}//.`);
  if (url.username || url.password)
    throw blocked(`The address of ${url.host} holds a user name or password. Remove it; use a header instead.`);
}

async function addressesOf(host: string): Promise<Address[]> {
  try {
    const found = await lookup(host, { all: true, verbatim: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } catch (cause) {
    throw new NodeError('HTTP_UNAVAILABLE', `There is no address for the host "${host}". Check its spelling.`, {
      cause,
      happened: 'no',
    });
  }
}

function blocked(message: string): NodeError {
  return new NodeError('HTTP_BLOCKED', message, { happened: 'no' });
}
