import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvError, parseEnv } from '#server/env.ts';

function problemsWith(source: Record<string, string>) {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseEnv', () => {
  it('fills in the defaults', () => {
    const env = parseEnv({});
    expect(env).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', OPENAI_MODEL: 'gpt-4.1-mini', WORKER_CONCURRENCY: 10 });
    expect(env.SOLOGRAPH_HOME).toBe(path.resolve('.solograph'));
    expect(env.DATABASE_URL).toBeUndefined();
  });

  it('keeps the home beside the checkout unless it is moved', () => {
    expect(parseEnv({ SOLOGRAPH_ROOT: '/srv/app' }).SOLOGRAPH_HOME).toBe('/srv/app/.solograph');
    expect(parseEnv({ SOLOGRAPH_ROOT: '/srv/app', SOLOGRAPH_HOME: '/data' }).SOLOGRAPH_HOME).toBe('/data');
  });

  it('takes an empty value as not set', () => {
    const env = parseEnv({ PORT: '', SMTP_URL: ' ' });
    expect([env.PORT, env.SMTP_URL]).toEqual([3000, undefined]);
  });

  it('accepts good values', () => {
    const good = {
      DATABASE_URL: 'postgresql://me:pw@db:5432/x',
      CHROMA_URL: 'https://chroma.internal',
      SMTP_URL: 'smtps://mail.example.com',
      MAIL_FROM: 'Ada Lovelace <ada@example.com>',
      HOST: '::1',
      LOG_LEVEL: 'debug',
    };
    expect(parseEnv({ ...good, PORT: '8080' })).toMatchObject({ ...good, PORT: 8080 });
  });

  it.each([
    ['DATABASE_URL', 'mysql://root@localhost/x'],
    ['CHROMA_URL', 'localhost:8000'],
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['HOST', 'not a host'],
    ['SOLOGRAPH_SECRET', 'short'],
    ['OPENAI_API_KEY', 'two words'],
    ['OPENAI_BASE_URL', 'ftp://x'],
    ['SMTP_URL', 'http://mail'],
    ['MAIL_FROM', 'nobody'],
    ['WORKER_CONCURRENCY', '0'],
    ['SOLOGRAPH_TIMING_SCALE', '0'],
    ['SOLOGRAPH_TIMING_SCALE', 'fast'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s with its name and an example', (name, value) => {
    const { problems, message } = problemsWith({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ name });
    expect(message).toContain(`  ${name} must`);
    expect(message).toContain(`example: ${name}=`);
  });

  it('lists every bad variable at once', () => {
    expect(problemsWith({ PORT: '-1', LOG_LEVEL: 'x', SMTP_URL: 'y' }).problems.map((p) => p.name)).toEqual([
      'PORT',
      'SMTP_URL',
      'LOG_LEVEL',
    ]);
  });

  it('never shows a secret value, but shows a harmless one', () => {
    const { message } = problemsWith({
      DATABASE_URL: 'tops3cret://a',
      OPENAI_API_KEY: 'sk- tops3cret',
      SMTP_URL: 'mail://u:tops3cret@x',
      SOLOGRAPH_SECRET: 'tops3cret',
      PORT: 'eighty',
    });
    expect(message).not.toContain('tops3cret');
    expect(message).toContain('"eighty"');
  });
});
