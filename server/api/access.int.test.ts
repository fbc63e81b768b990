import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authPaths } from '#server/access/handle-auth.ts';
import type { RouteHandler } from '#server/access/route.ts';
import { appRouter } from './root.ts';
import { openWorld, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => await world.close());

/** Procedures that need no session. A new one is named here, or it is refused to nobody by mistake. */
const publicProcedures = ['setup.status'];

/** Routes that an anonymous caller may reach, and what keeps them safe. */
const publicRoutes: Record<string, string> = {
  'app/api/health/route.ts': 'tells how the parts are, and nothing of the projects',
  'app/api/auth/[...all]/route.ts': 'is the way to a session; its own list of paths is tested below',
  'app/api/trpc/[trpc]/route.ts': 'each procedure sees to its own access',
  'app/api/hooks/[token]/route.ts': 'needs a token that cannot be guessed',
};

const procedures = Object.keys(appRouter._def.procedures);

function routeFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));
}

function call(procedure: string, operator: null): Promise<unknown> {
  const steps = procedure.split('.');
  const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], world.as(operator));
  return (found as (input: unknown) => Promise<unknown>)({ projectId: crypto.randomUUID() });
}

const request = (url: string, method: string, headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1:3000${url}`, {
    method,
    headers: { host: '127.0.0.1:3000', ...headers },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });

describe('an anonymous caller', () => {
  test('there are procedures and routes to try', () => {
    expect(procedures.length).toBeGreaterThan(40);
    expect(routeFiles('app').length).toBeGreaterThanOrEqual(5);
  });

  test.each(procedures.filter((name) => !publicProcedures.includes(name)))('is refused by %s', async (name) => {
    await expect(call(name, null)).rejects.toMatchObject({ code: 'UNAUTHORIZED', cause: { code: 'UNAUTHENTICATED' } });
  });

  test.each(publicProcedures)('may call %s', async (name) => {
    await expect(call(name, null)).resolves.toBeDefined();
  });

  test.each(routeFiles('app').filter((file) => !(file in publicRoutes)))('is refused by %s', async (file) => {
    const module: Record<string, RouteHandler> = await import(/* @vite-ignore */ path.resolve(file));
    const methods = Object.keys(module).filter((name) => /^[A-Z]+$/.test(name));
    expect(methods.length).toBeGreaterThan(0);
    for (const method of methods) {
      const url = `/${path.dirname(path.relative('app', file))}`;
      const answer = await module[method]?.(request(url, method), { params: Promise.resolve({ id: 'x' }) });
      expect(answer?.status, `${method} ${url}`).toBe(401);
      expect(await answer?.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  test('the public routes are all there, none is named for nothing', () => {
    const files = routeFiles('app');
    expect(Object.keys(publicRoutes).filter((file) => !files.includes(file))).toEqual([]);
  });

  test('is refused by a procedure over HTTP, with our code in the answer', async () => {
    const { GET } = await import('#app/api/trpc/[trpc]/route.ts');
    const answer = await GET(request('/api/trpc/projects.list', 'GET'), { params: Promise.resolve({ trpc: '' }) });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { data: { code: 'UNAUTHENTICATED', httpStatus: 401 } } });
  });

  test('finds nothing behind a webhook address that was guessed', async () => {
    const { POST } = await import('#app/api/hooks/[token]/route.ts');
    for (const token of ['', 'x', 'A'.repeat(43)]) {
      const answer = await POST(request(`/api/hooks/${token}`, 'POST'), { params: Promise.resolve({ token }) });
      expect(answer.status).toBe(404);
    }
  });
});

describe('the way to a session', () => {
  const open = ['/sign-up/email', '/sign-in/email', '/sign-out', '/get-session'];

  test.each(Object.entries(authPaths).filter(([at]) => !open.includes(at)))(
    '%s needs a session',
    async (at, method) => {
      const { POST } = await import('#app/api/auth/[...all]/route.ts');
      const answer = await POST(request(`/api/auth${at}`, method, { 'content-type': 'application/json' }), {
        params: Promise.resolve({}),
      });
      expect([400, 401]).toContain(answer.status);
      if (method === 'GET') expect(answer.status).toBe(401);
    },
  );

  test.each(['/update-user', '/delete-user', '/change-email', '/link-social', '/verify-email', '/error', '/ok'])(
    '%s is not reachable',
    async (at) => {
      const { GET } = await import('#app/api/auth/[...all]/route.ts');
      for (const method of ['GET', 'POST'])
        expect((await GET(request(`/api/auth${at}`, method), { params: Promise.resolve({}) })).status).toBe(404);
    },
  );
});

describe('a request from elsewhere', () => {
  const attempt = async (headers: Record<string, string>) => {
    const { POST } = await import('#app/api/files/route.ts');
    const answer = await POST(request('/api/files', 'POST', headers), { params: Promise.resolve({}) });
    return ((await answer.json()) as { code: string }).code;
  };

  test('of another site is refused before anything else', async () => {
    expect(await attempt({ origin: 'https://evil.example' })).toBe('ORIGIN_REFUSED');
    expect(await attempt({ origin: 'null' })).toBe('ORIGIN_REFUSED');
    expect(await attempt({ 'sec-fetch-site': 'cross-site' })).toBe('ORIGIN_REFUSED');
  });

  test('to a name that is not ours is refused, so that no foreign name can point here', async () => {
    expect(await attempt({ host: 'evil.example', origin: 'http://evil.example' })).toBe('ORIGIN_REFUSED');
  });

  test('of our own page comes as far as the session', async () => {
    expect(await attempt({ origin: 'http://127.0.0.1:3000' })).toBe('UNAUTHENTICATED');
    expect(await attempt({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe('UNAUTHENTICATED');
  });

  test('is answered with headers that allow no frame, no sniffing and no script', async () => {
    const { GET } = await import('#app/api/files/[id]/route.ts');
    const answer = await GET(request('/api/files/x', 'GET'), { params: Promise.resolve({ id: 'x' }) });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'; frame-ancestors 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
});
