import { sessionOf } from '#server/access/session.ts';

/** The signed-in operator. */
export type Operator = { id: string; email: string; name: string };

/** What every procedure knows of its caller. */
export type ApiContext = { operator: Operator | null };

/** Reads the caller from the request's session cookie. */
export async function createContext(request: Request): Promise<ApiContext> {
  return { operator: await sessionOf(request.headers) };
}
