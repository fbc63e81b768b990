import path from 'node:path';
import { z } from 'zod';

/** A variable of the environment that cannot be used. `value` is absent where it could be a secret. */
export type EnvProblem = { name: string; problem: string; example: string; value?: string };

/** The environment cannot be used. The message lists every bad variable and never shows a secret value. */
export class EnvError extends Error {
  readonly problems: readonly EnvProblem[];

  constructor(problems: readonly EnvProblem[]) {
    super(listOf(problems));
    this.name = 'EnvError';
    this.problems = problems;
  }
}

function listOf(problems: readonly EnvProblem[]): string {
  const lines = problems.flatMap(({ name, problem, example, value }) => [
    `  ${name} ${problem}${value === undefined ? '' : ` (it is ${JSON.stringify(value)})`}`,
    `    example: ${name}=${example}`,
  ]);
  return ['These environment variables cannot be used:', ...lines].join('\n');
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

const factor = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/, `must be a number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a number from ${min} to ${max}`);

const urlOf = (...schemes: string[]) =>
  z.string().superRefine((value, context) => {
    const url = URL.parse(value);
    if (url && schemes.includes(url.protocol.slice(0, -1)) && url.hostname !== '') return;
    context.addIssue(`must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
  });

const mailbox = /^(?:[^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const schema = z.object({
  /** An external Postgres; nothing embedded starts then. */
  DATABASE_URL: urlOf('postgres', 'postgresql').optional(),
  /** An external Chroma; nothing embedded starts then. */
  CHROMA_URL: urlOf('http', 'https').optional(),
  PORT: wholeNumber(1, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address to listen on')
    .default('127.0.0.1'),
  /** Where the product is reached from outside, when that is not http://HOST:PORT. */
  SOLOGRAPH_URL: urlOf('http', 'https').optional(),
  /** The folder of all data of this installation. Made absolute. */
  SOLOGRAPH_HOME: z.string().optional(),
  /** The checkout. Set by the boot; the working directory otherwise. */
  SOLOGRAPH_ROOT: z.string().optional(),
  /** Signs sessions. Made and kept in the home when it is not set. */
  SOLOGRAPH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** Seals stored keys of providers: 64 hexadecimal digits; several, with commas, while they are rotated (the first seals). */
  SOLOGRAPH_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}(?:,[0-9a-f]{64})*$/i, 'must be 64 hexadecimal digits, or several of those with commas')
    .optional(),
  OPENAI_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must not contain spaces or line breaks')
    .optional(),
  OPENAI_BASE_URL: urlOf('http', 'https').optional(),
  OPENAI_MODEL: z.string().default('gpt-4.1-mini'),
  SMTP_URL: urlOf('smtp', 'smtps').optional(),
  MAIL_FROM: z.string().regex(mailbox, 'must be a mail address, with or without a name').optional(),
  WORKER_CONCURRENCY: wholeNumber(1, 200).default(10),
  /** Stretches or shortens how long a worker may be silent and how often it looks: for tests, which cannot wait. */
  SOLOGRAPH_TIMING_SCALE: factor(0.01, 10).default(1),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}`).default('info'),
});

type Parsed = z.infer<typeof schema>;
type Name = keyof Parsed;

/** The environment after it was checked: numbers are numbers, defaults are filled in, paths are absolute. */
export type Env = Omit<Parsed, 'SOLOGRAPH_HOME' | 'SOLOGRAPH_ROOT'> & {
  SOLOGRAPH_HOME: string;
  SOLOGRAPH_ROOT: string;
};

const hints: Record<Name, { example: string; secret: boolean }> = {
  DATABASE_URL: { example: 'postgres://user:password@127.0.0.1:5432/solograph', secret: true },
  CHROMA_URL: { example: 'http://127.0.0.1:8000', secret: true },
  PORT: { example: '3000', secret: false },
  HOST: { example: '127.0.0.1', secret: false },
  SOLOGRAPH_URL: { example: 'https://solograph.example.com', secret: true },
  SOLOGRAPH_HOME: { example: '/var/lib/solograph', secret: false },
  SOLOGRAPH_ROOT: { example: '/srv/solograph', secret: false },
  SOLOGRAPH_SECRET: { example: '$(openssl rand -hex 32)', secret: true },
  SOLOGRAPH_KEY: { example: '$(openssl rand -hex 32)', secret: true },
  OPENAI_API_KEY: { example: 'sk-…', secret: true },
  OPENAI_BASE_URL: { example: 'http://127.0.0.1:11434/v1', secret: true },
  OPENAI_MODEL: { example: 'gpt-4.1-mini', secret: false },
  SMTP_URL: { example: 'smtp://user:password@mail.example.com:587', secret: true },
  MAIL_FROM: { example: '"Ada Lovelace <ada@example.com>"', secret: false },
  WORKER_CONCURRENCY: { example: '10', secret: false },
  SOLOGRAPH_TIMING_SCALE: { example: '0.2', secret: false },
  LOG_LEVEL: { example: 'info', secret: false },
};

/** Every variable that this software reads. */
export const envNames = Object.keys(hints) as readonly Name[];

type Source = Readonly<Record<string, string | undefined>>;

/** Checks an environment. Throws an EnvError that lists every bad variable; an empty value counts as not set. */
export function parseEnv(source: Source): Env {
  const given: Partial<Record<Name, string>> = {};
  for (const name of envNames) {
    const value = source[name]?.trim();
    if (value) given[name] = value;
  }
  const result = schema.safeParse(given);
  if (!result.success) throw new EnvError(problemsOf(result.error, given));
  // Left out of the build's tracing of files: it would take the whole project for a part of every page.
  const root = path.resolve(/* turbopackIgnore: true */ result.data.SOLOGRAPH_ROOT ?? '.');
  const home = path.resolve(/* turbopackIgnore: true */ result.data.SOLOGRAPH_HOME ?? path.join(root, '.solograph'));
  return { ...result.data, SOLOGRAPH_ROOT: root, SOLOGRAPH_HOME: home };
}

function problemsOf(error: z.ZodError, given: Partial<Record<Name, string>>): EnvProblem[] {
  const problems = new Map<Name, EnvProblem>();
  for (const issue of error.issues) {
    const name = issue.path[0] as Name;
    const { example, secret } = hints[name];
    const value = given[name];
    if (problems.has(name)) continue;
    problems.set(name, { name, problem: issue.message, example, ...(secret || value === undefined ? {} : { value }) });
  }
  return [...problems.values()];
}

let known: Env | undefined;

/** The environment of this process, checked once. */
export function env(): Env {
  known ??= parseEnv(process.env);
  return known;
}

/** Adds what the boot found out (an embedded database's address, for one) for this process and its later children. */
export function provideEnv(values: { DATABASE_URL?: string; CHROMA_URL?: string; SOLOGRAPH_SECRET?: string }): Env {
  for (const [name, value] of Object.entries(values)) if (value !== undefined) process.env[name] = value;
  known = parseEnv(process.env);
  return known;
}

/** The address of the database, or an EnvError where there is none. */
export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url) return url;
  throw new EnvError([{ name: 'DATABASE_URL', problem: 'is not set', example: hints.DATABASE_URL.example }]);
}
