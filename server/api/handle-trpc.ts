import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { AppError } from '#server/errors.ts';
import { createContext } from './context.ts';
import { appRouter } from './root.ts';

/** A graph document of 4 MB, and what surrounds it. */
const longestBodyBytes = 6_000_000;

/** Answers a request to /api/trpc/…, a stream of live events included. */
export async function handleTrpc(request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > longestBodyBytes)
    throw new AppError('TOO_LARGE', `A request may have ${longestBodyBytes / 1e6} MB at most.`);
  return await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    allowBatching: true,
    allowMethodOverride: true,
    createContext: () => createContext(request),
  });
}
