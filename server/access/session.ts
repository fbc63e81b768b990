import type { Operator } from '#server/api/context.ts';
import { auth } from './auth.ts';

/** Whom a request's session cookie stands for; null where there is none or it has ended. */
export async function sessionOf(headers: Headers): Promise<Operator | null> {
  if (!headers.has('cookie')) return null;
  const session = await auth().api.getSession({ headers });
  return session ? { id: session.user.id, email: session.user.email, name: session.user.name } : null;
}
