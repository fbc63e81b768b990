import type { Operator } from '#server/api/context.ts';
import { type AppError, errorBody, errorTable, AppError as Failure, toAppError } from '#server/errors.ts';
import { logFailure } from '#server/log.ts';
import { isOwnHost, isSameOrigin } from './origin.ts';
import { apiHeaders } from './security-headers.ts';
import { sessionOf } from './session.ts';

type Params = Record<string, string>;
type Segments = Record<string, string | string[]>;
/** A catch-all segment is a list; a route without segments has no params at all, whatever Next.js's types say. */
type Next = { params: Promise<Segments> };
export type RouteHandler = (request: Request, next: Next) => Promise<Response>;

/**
 * Who may call a route. `operator`: needs a session. `own`: the handler sees to it itself (tRPC, better-auth).
 * `anyone`: from any site, without a session; what it may do follows from a secret in its path.
 */
export type Access = 'operator' | 'own' | 'anyone';

type Handle<A extends Access> = (call: {
  request: Request;
  params: Params;
  operator: A extends 'operator' ? Operator : null;
}) => Promise<Response>;

/** Wraps a route handler: origin and session are checked before it, headers and failures are seen to after it. */
export function route<A extends Access>(access: A, handle: Handle<A>): RouteHandler {
  return async (request, next) => {
    try {
      if (access !== 'anyone') refuseStrangers(request);
      const operator = access === 'operator' ? await sessionOf(request.headers) : null;
      if (access === 'operator' && !operator) throw new Failure('UNAUTHENTICATED');
      const params = singles(await next.params);
      return secured(await handle({ request, params, operator: operator as A extends 'operator' ? Operator : null }));
    } catch (error) {
      return secured(failed(toAppError(error), request));
    }
  };
}

function singles(params: Segments | undefined): Params {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, [value].flat().join('/')]));
}

function refuseStrangers(request: Request): void {
  if (!isOwnHost(request.headers.get('host')))
    throw new Failure(
      'ORIGIN_REFUSED',
      `This installation is not known as ${request.headers.get('host')}. Set SOLOGRAPH_URL to the address it is reached at.`,
    );
  if (!isSameOrigin(request)) throw new Failure('ORIGIN_REFUSED');
}

function failed(failure: AppError, request: Request): Response {
  if (failure.code === 'INTERNAL') logFailure(failure, { method: request.method, path: new URL(request.url).pathname });
  return Response.json(errorBody(failure), { status: errorTable[failure.code].http });
}

function secured(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(apiHeaders)) if (!headers.has(name)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
