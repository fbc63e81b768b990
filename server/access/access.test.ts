import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isOwnHost, isSameOrigin, trustedOrigins } from './origin.ts';
import { pageFor } from './page-for.ts';
import { keptSecret } from './secret.ts';
import { pagePolicy } from './security-headers.ts';

describe('a host', () => {
  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', '192.168.1.7', 'solo.localhost:3000'])(
    '%s is ours',
    (host) => expect(isOwnHost(host)).toBe(true),
  );
  test.each(['evil.example', 'localhost.evil.example', 'evil.example:3000', '', 'a b', '127.0.0.1.nip.io', null])(
    '%s is not',
    (host) => expect(isOwnHost(host)).toBe(false),
  );
});

describe('an origin', () => {
  const request = (method: string, headers: Record<string, string>) => ({ method, headers: new Headers(headers) });
  const host = 'localhost:3000';

  test('does not matter for reading', () => {
    expect(isSameOrigin(request('GET', { host, origin: 'https://evil.example' }))).toBe(true);
  });
  test('is our own for changing', () => {
    expect(isSameOrigin(request('POST', { host, origin: 'http://localhost:3000' }))).toBe(true);
    expect(isSameOrigin(request('POST', { host, origin: 'http://localhost:3001' }))).toBe(false);
    expect(isSameOrigin(request('DELETE', { host, origin: 'null' }))).toBe(false);
  });
  test('may be missing where no browser asks', () => {
    expect(isSameOrigin(request('POST', { host }))).toBe(true);
    expect(isSameOrigin(request('POST', { host, 'sec-fetch-site': 'same-site' }))).toBe(false);
  });
  test('of a foreign name is never trusted, although it is the name that was asked for', () => {
    expect(trustedOrigins(new Headers({ host: 'evil.example' }))).not.toContain('http://evil.example');
  });
});

describe('a visitor', () => {
  const at = (path: string, signedIn: boolean, needsOperator = false) => pageFor({ path, signedIn, needsOperator });

  test('of a new installation creates the operator first', () => {
    expect(at('/', false, true)).toBe('/setup');
    expect(at('/login', false, true)).toBe('/setup');
    expect(at('/setup', false, true)).toBeNull();
  });
  test('signs in and comes back to where they wanted to go', () => {
    expect(at('/p/1/runs/7?tab=spend', false)).toBe('/login?next=%2Fp%2F1%2Fruns%2F7%3Ftab%3Dspend');
    expect(at('/', false)).toBe('/login');
    expect(at('/setup', false)).toBe('/login');
    expect(at('/login?next=%2Fp', false)).toBeNull();
  });
  test('who is signed in has every page, and no need of these', () => {
    expect(at('/p/1', true)).toBeNull();
    expect(at('/login', true)).toBe('/');
    expect(at('/setup', true)).toBe('/');
  });
});

describe('the policy of a page', () => {
  test('allows scripts by nonce only, no eval, no frame', () => {
    const policy = pagePolicy('abc', false);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
  });
});

describe('the secret', () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-secret-'));
  afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

  test('is made once and readable by its owner only', () => {
    const secret = keptSecret(home);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(keptSecret(home)).toBe(secret);
    expect(fs.statSync(path.join(home, 'secret')).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(home)).toEqual(['secret']);
  });
});
