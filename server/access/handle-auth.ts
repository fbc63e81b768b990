import { z } from 'zod';
import { withAdvisoryLock } from '#server/db/advisory-lock.ts';
import { AppError } from '#server/errors.ts';
import { auth, clientHeader, longestPassword, shortestPassword } from './auth.ts';
import { hasOperator } from './operator.ts';
import { readBody } from './read-body.ts';

/** What of better-auth is reachable; all else is not found. */
export const authPaths = {
  '/sign-up/email': 'POST',
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/get-session': 'GET',
  '/change-password': 'POST',
  '/list-sessions': 'GET',
  '/revoke-session': 'POST',
  '/revoke-other-sessions': 'POST',
} as const;

const newOperator = z.object({
  name: z.string().trim().min(1, 'Tell your name.').max(100),
  email: z.email('This is not an e-mail address.').max(254),
  password: z
    .string()
    .min(shortestPassword, `Use at least ${shortestPassword} characters.`)
    .max(longestPassword, `Use at most ${longestPassword} characters.`),
});

/** Answers a request to /api/auth/…. Creating the operator is possible once, also when two browsers try together. */
export async function handleAuth(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api\/auth/, '');
  if (!Object.hasOwn(authPaths, path) || authPaths[path as keyof typeof authPaths] !== request.method)
    throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  const asked = await fromUs(request);
  return path === '/sign-up/email' ? await createOperator(asked) : await auth().handler(asked);
}

async function createOperator(request: Request): Promise<Response> {
  if (await hasOperator()) throw new AppError('OPERATOR_EXISTS');
  newOperator.parse(await jsonOf(request.clone()));
  return await withAdvisoryLock('operator', async () => {
    if (await hasOperator()) throw new AppError('OPERATOR_EXISTS');
    return await auth().handler(request);
  });
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    throw new AppError('INPUT_INVALID', 'The body is not JSON.', { cause });
  }
}

const longestBodyBytes = 64 * 1024;

/**
 * The same request, with the client's address as we name it: one for all, so that the limit cannot be escaped. Made
 * anew from its parts, because Next.js hands over a proxy that `new Request` cannot read.
 */
async function fromUs(request: Request): Promise<Request> {
  const headers = new Headers(request.headers);
  headers.set(clientHeader, '127.0.0.1');
  headers.delete('x-forwarded-host');
  headers.delete('x-forwarded-proto');
  const { url, method } = request;
  if (method === 'GET') return new Request(url, { method, headers });
  const body = await readBody(request, { bytes: longestBodyBytes, text: 'The request is too large.' });
  return new Request(url, { method, headers, body });
}
