import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { env } from '#server/env.ts';

const bytes = 32;

/** Signs sessions: SOLOGRAPH_SECRET, or a random one that is kept in the home, readable by its owner only. */
export function sessionSecret(): string {
  const { SOLOGRAPH_SECRET, SOLOGRAPH_HOME } = env();
  return SOLOGRAPH_SECRET ?? keptSecret(SOLOGRAPH_HOME);
}

/** Reads the home's secret, made at the first use. Two processes that start together end up with the same one. */
export function keptSecret(home: string): string {
  const file = path.join(home, 'secret');
  fs.mkdirSync(home, { recursive: true });
  if (!fs.existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, randomBytes(bytes).toString('hex'), { mode: 0o600 });
    try {
      fs.linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      fs.rmSync(draft, { force: true });
    }
  }
  const secret = fs.readFileSync(file, 'utf8').trim();
  if (secret.length < bytes)
    throw new Error(`${file} does not hold a secret. Remove it; everybody signs in again then.`);
  return secret;
}
