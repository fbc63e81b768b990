import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isAlive, type RecordedProcess } from './lock.mjs';

/** The running installation of a home, as recorded in its instance.json. */
export type Instance = RecordedProcess & {
  /** `server`: started by npm start. `command`: a command that runs for itself what it needs. */
  kind: 'server' | 'command';
  phase: 'starting' | 'ready' | 'stopping';
  label: string;
  url: string | null;
  databaseUrl: string | null;
  chromaUrl: string | null;
  startedAt: string;
  version: string;
  guard: RecordedProcess | null;
  children: (RecordedProcess & { name: string })[];
};

const runsAsRoot = process.getuid?.() === 0;

/** Makes the folders of a home. As root others may pass through it (not list it): Postgres runs as another user. */
export function prepareHome(home: string): void {
  fs.mkdirSync(home, { recursive: true, mode: runsAsRoot ? 0o711 : 0o700 });
  fs.mkdirSync(path.join(home, 'logs'), { recursive: true, mode: 0o700 });
}

const longestLogBytes = 10_000_000;

/** The log file of a child. A long one is put aside first. */
export function logFileOf(home: string, name: string): string {
  const file = path.join(home, 'logs', `${name}.log`);
  if (fs.existsSync(file) && fs.statSync(file).size > longestLogBytes) fs.renameSync(file, `${file}.1`);
  return file;
}

/** How long a log is by now, to show later only what was added. */
export function sizeOf(file: string): number {
  return fs.existsSync(file) ? fs.statSync(file).size : 0;
}

/** The last lines of a log from this byte on, for the operator to see why something failed. */
export function tailOf(file: string, from = 0, lines = 15): string {
  if (!fs.existsSync(file)) return '';
  return fs.readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

export const instanceFile = (home: string) => path.join(home, 'instance.json');

/** What instance.json says, whether or not that process still runs. */
export function readRecord(home: string): Instance | null {
  const file = instanceFile(home);
  if (!fs.existsSync(file)) return null;
  const text = fs.readFileSync(file, 'utf8');
  try {
    return JSON.parse(text) as Instance;
  } catch {
    return null; // torn by a crash before the rename of `writeRecord` existed on disk: nothing to attach to
  }
}

/** The running instance of this home, or null where none runs. */
export function readInstance(home: string): Instance | null {
  const record = readRecord(home);
  return record && isAlive(record) ? record : null;
}

export function writeRecord(home: string, record: Instance): void {
  writePrivate(instanceFile(home), `${JSON.stringify(record, null, 2)}\n`);
}

/** A private file of the home, made with random content the first time. */
export function keptSecret(file: string): string {
  if (!fs.existsSync(file)) writePrivate(file, randomBytes(32).toString('hex'));
  return fs.readFileSync(file, 'utf8').trim();
}

// Written beside and renamed: a reader never sees half a file, and the mode is right from the first byte.
export function writePrivate(file: string, text: string): void {
  const beside = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(beside, text, { mode: 0o600 });
  fs.renameSync(beside, file);
}
