import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { AppError, type ErrorBody, errorBody, errorTable, toAppError } from '#server/errors.ts';
import { logFailure } from '#server/log.ts';
import { openProject } from '#server/projects/open-project.ts';
import type { ApiContext } from './context.ts';

/** What the client finds in `error.data`. */
export type ApiErrorData = ErrorBody & { httpStatus: number; path: string | undefined };

const t = initTRPC.context<ApiContext>().create({
  errorFormatter({ shape, error }) {
    const failure = fromTrpc(error);
    const data: ApiErrorData = {
      ...errorBody(failure),
      httpStatus: errorTable[failure.code].http,
      path: shape.data.path,
    };
    return { ...shape, message: failure.message, data };
  },
  // A stream ends now and then and is asked for again, so that a session that has ended ends it, too.
  sse: {
    maxDurationMs: 30 * 60_000,
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
});

/** Our failure behind tRPC's; tRPC's own failures get the code of ours that means the same. */
function fromTrpc(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  switch (error.code) {
    case 'NOT_FOUND':
    case 'METHOD_NOT_SUPPORTED':
      return new AppError('NOT_FOUND', error.message, { cause: error });
    case 'PAYLOAD_TOO_LARGE':
      return new AppError('TOO_LARGE', undefined, { cause: error });
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new AppError('UNSUPPORTED_MEDIA', undefined, { cause: error });
    case 'PARSE_ERROR':
    case 'BAD_REQUEST': {
      const cause = toAppError(error.cause);
      return cause.code === 'INPUT_INVALID' ? cause : new AppError('INPUT_INVALID', error.message, { cause: error });
    }
    default:
      return toAppError(error.cause ?? error);
  }
}

/** Gives every failure its code, in one place, and keeps what the operator must not see for the log. */
const coded = t.middleware(async ({ next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const failure = fromTrpc(result.error);
  if (failure.code === 'INTERNAL') logFailure(failure, { procedure: path });
  throw new TRPCError({ code: errorTable[failure.code].trpc, message: failure.message, cause: failure });
});

export const router = t.router;
export const callerFactory = t.createCallerFactory;

/** For the few procedures that need no session; each is named in the access test. */
export const publicProcedure = t.procedure.use(coded);

/** Needs a session. */
export const operatorProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.operator) throw new AppError('UNAUTHENTICATED');
  return next({ ctx: { operator: ctx.operator } });
});

/** Needs a session and a project of the caller's; `ctx.scope` sees that project only. */
export const projectProcedure = operatorProcedure
  .input(z.object({ projectId: z.uuid() }))
  .use(async ({ ctx, input, next }) =>
    next({ ctx: { scope: await openProject({ projectId: input.projectId, operator: ctx.operator }) } }),
  );
