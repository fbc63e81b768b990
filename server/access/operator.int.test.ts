import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { GET, POST } from '#app/api/auth/[...all]/route.ts';
import { POST as trpc } from '#app/api/trpc/[trpc]/route.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { db } from '#server/db/client.ts';
import { forgetProcessWide } from '#server/db/process-wide.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { setupStatus } from './setup-status.ts';

let world: World;
beforeEach(async () => {
  await world?.close();
  forgetProcessWide('auth');
  world = await openWorld();
});
afterAll(async () => await world.close());

const ada = { name: 'Ada', email: 'ada@example.test', password: 'a long enough one' };
const params = Promise.resolve({});

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/auth${path}`, {
    method: 'POST',
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return POST(request, { params });
}
const cookieOf = (answer: Response) => answer.headers.getSetCookie().find((cookie) => cookie.includes('session_token'));

describe('the first visit', () => {
  test('creates the operator, signs them in and gives them their first project', async () => {
    expect(await setupStatus()).toEqual({ needsOperator: true });
    const answer = await post('/sign-up/email', ada);
    expect(answer.status).toBe(200);
    const cookie = cookieOf(answer) ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(await setupStatus()).toEqual({ needsOperator: false });
    const list = new Request('http://localhost:3000/api/trpc/projects.list', {
      headers: { host: 'localhost:3000', cookie: cookie.split(';')[0] ?? '' },
    });
    const projects = await (await trpc(list, { params: Promise.resolve({ trpc: '' }) })).json();
    expect(projects).toMatchObject({ result: { data: [{ name: 'My company' }] } });
  });

  test('is one only: a second operator is refused', async () => {
    await post('/sign-up/email', ada);
    const answer = await post('/sign-up/email', { ...ada, email: 'eve@example.test' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'OPERATOR_EXISTS' });
    expect(await db().user.count()).toBe(1);
  });

  test('of two browsers at once creates one operator', async () => {
    const answers = await Promise.all(
      ['ada', 'eve', 'bob', 'joe'].map((name) => post('/sign-up/email', { ...ada, email: `${name}@example.test` })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403, 403, 403]);
    expect(await db().user.count()).toBe(1);
    expect(await db().project.count()).toBe(1);
  });

  test('says what is wrong with what was filled in', async () => {
    const refused = async (part: object) =>
      ((await (await post('/sign-up/email', { ...ada, ...part })).json()) as { message: string }).message;
    expect(await refused({ password: 'too short' })).toBe('password: Use at least 10 characters.');
    expect(await refused({ email: 'ada' })).toBe('email: This is not an e-mail address.');
    expect(await refused({ name: ' ' })).toBe('name: Tell your name.');
    expect(await db().user.count()).toBe(0);
  });

  test('takes over what commands made before', async () => {
    const made = await ensureFirstProject();
    expect(await ensureFirstProject()).toEqual(made);
    expect(await setupStatus()).toEqual({ needsOperator: true });
    await post('/sign-up/email', ada);
    const [project, ...others] = await db().project.findMany({ include: { owner: true } });
    expect(project).toMatchObject({ id: made.id, owner: { email: 'ada@example.test' } });
    expect(others).toEqual([]);
  });
});

describe('signing in', () => {
  test('needs the password', async () => {
    await post('/sign-up/email', ada);
    expect((await post('/sign-in/email', { ...ada, password: 'another one, wrong' })).status).toBe(401);
    expect((await post('/sign-in/email', ada)).status).toBe(200);
  });

  test('is limited, whatever address the client claims to have', async () => {
    await post('/sign-up/email', ada);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${n}`, 'x-solograph-client': `203.0.113.${n}` };
      statuses.push((await post('/sign-in/email', { ...ada, password: 'a wrong guess' }, headers)).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('from another site is refused', async () => {
    await post('/sign-up/email', ada);
    const answer = await post('/sign-in/email', ada, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(cookieOf(answer)).toBeUndefined();
  });

  test('ends with signing out', async () => {
    const cookie = cookieOf(await post('/sign-up/email', ada))?.split(';')[0] ?? '';
    expect((await post('/sign-out', {}, { cookie })).status).toBe(200);
    const asked = new Request('http://localhost:3000/api/auth/get-session', {
      headers: { host: 'localhost:3000', cookie },
    });
    expect(await (await GET(asked, { params })).json()).toBeNull();
  });
});
