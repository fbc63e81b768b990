import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const bytes = 32;

/** A key of the installation. `id` names it without telling it. */
export type SealingKey = { id: string; key: Buffer };

/** Where keys come from: the environment, or the file `keys` of the home. */
export type KeySource = { SOLOGRAPH_KEY?: string | undefined; SOLOGRAPH_HOME: string };

/** The keys of this installation, the one that seals first. The file is made at the first use, readable by its owner only. */
export function keyRing({ SOLOGRAPH_KEY, SOLOGRAPH_HOME: home }: KeySource): [SealingKey, ...SealingKey[]] {
  if (SOLOGRAPH_KEY) return ringOf(SOLOGRAPH_KEY.split(','), 'SOLOGRAPH_KEY');
  const file = keyFile(home);
  if (!fs.existsSync(file)) makeFirst(file);
  return ringOf(fs.readFileSync(file, 'utf8').split('\n'), file);
}

/** Writes the keys of the home anew, the one that seals first. A reader never sees half of them. */
export function writeKeys(home: string, keys: readonly SealingKey[]): void {
  const file = keyFile(home);
  const beside = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(beside, keys.map(({ key }) => `${key.toString('hex')}\n`).join(''), { mode: 0o600, flush: true });
  fs.renameSync(beside, file);
}

/** A new random key. */
export function newKey(): SealingKey {
  return named(randomBytes(bytes));
}

const keyFile = (home: string): string => path.join(home, 'keys');

/** Two processes that start together end up with the same key. */
function makeFirst(file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${newKey().key.toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function ringOf(lines: string[], from: string): [SealingKey, ...SealingKey[]] {
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '');
  const [first, ...others] = keys
    .filter((key) => /^[0-9a-f]{64}$/i.test(key))
    .map((hex) => named(Buffer.from(hex, 'hex')));
  if (!first || keys.length !== others.length + 1)
    throw new Error(`${from} does not hold keys of 64 hexadecimal digits, so stored keys of providers cannot be read.`);
  return [first, ...others];
}

function named(key: Buffer): SealingKey {
  return { id: createHash('sha256').update('solograph sealing key').update(key).digest('hex').slice(0, 16), key };
}
