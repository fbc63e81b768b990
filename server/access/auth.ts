import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { db } from '#server/db/client.ts';
import { processWide } from '#server/db/process-wide.ts';
import { AppError } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { adoptProjects } from '#server/projects/first-project.ts';
import { hasOperator } from './operator.ts';
import { ownOrigin, trustedOrigins } from './origin.ts';
import { sessionSecret } from './secret.ts';

/** Set by our route on every request, so that a client cannot name its own address and escape the rate limit. */
export const clientHeader = 'x-solograph-client';
export const shortestPassword = 10;
export const longestPassword = 128;
const dayS = 86_400;

/** better-auth over our tables: e-mail and password, sessions in the database, login limited across all clients. */
export function auth() {
  return processWide('auth', makeAuth);
}

function makeAuth() {
  return betterAuth({
    appName: 'Solograph',
    baseURL: ownOrigin(),
    basePath: '/api/auth',
    secret: sessionSecret(),
    database: prismaAdapter(db(), { provider: 'postgresql' }),
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    session: { expiresIn: 30 * dayS, updateAge: dayS },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-up/email': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
      },
    },
    trustedOrigins: (request) => trustedOrigins(request?.headers),
    advanced: {
      cookiePrefix: 'solograph',
      useSecureCookies: ownOrigin().startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [clientHeader] },
    },
    logger: {
      level: 'warn',
      log: (level, message, ...rest) => log()[level]({ part: 'auth', rest: rest.map(String) }, message),
    },
    databaseHooks: {
      user: {
        create: {
          before: async () => {
            if (await hasOperator()) throw new AppError('OPERATOR_EXISTS');
          },
          after: async (user) => await adoptProjects(user.id),
        },
      },
    },
    onAPIError: { errorURL: `${ownOrigin()}/login` },
  });
}
