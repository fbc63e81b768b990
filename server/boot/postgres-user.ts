import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The user and group that Postgres runs as when we are root (it refuses to run as root). */
export type UserIds = { uid: number; gid: number };

const userName = 'postgres';
/** Where files go that the user `postgres` cannot reach in their own place. */
const reachable = '/var/lib/solograph';

/** Null when we are not root and Postgres can run as ourselves. Makes the user where there is none. */
export function postgresUser(): UserIds | null {
  if (process.getuid?.() !== 0) return null;
  const found = lookUp();
  if (found) return found;
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/', userName], {
    encoding: 'utf8',
  });
  const ids = lookUp();
  if (ids) return ids;
  const why = made.error?.message ?? made.stderr.trim();
  throw new Error(
    `Postgres refuses to run as root, and the user "${userName}" could not be made (${why}). ` +
      'Start as another user, make that user, or set DATABASE_URL to a Postgres of your own.',
  );
}

function lookUp(): UserIds | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, userName], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

// Asked of the system itself: groups, ACLs and mounts all have a say in it.
function canEnter(ids: UserIds, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...ids, cwd: '/' }).status === 0;
}

/**
 * The folder in which Postgres keeps its data: in the home, or, where the user `postgres` cannot walk into the home, in
 * /var/lib/solograph, with a note in the home that says where.
 */
export function postgresFolder(home: string, ids: UserIds | null): { folder: string; note?: string } {
  const inHome = path.join(home, 'postgres');
  const pointer = path.join(home, 'postgres.location');
  if (fs.existsSync(pointer)) {
    const folder = fs.readFileSync(pointer, 'utf8').trim();
    if (fs.existsSync(folder)) return { folder };
    throw new Error(`The data of Postgres should be in ${folder} and is not. Remove ${pointer} to start with none.`);
  }
  if (fs.existsSync(inHome) && (!ids || canEnter(ids, inHome))) return { folder: inHome };
  if (!fs.existsSync(inHome)) {
    if (!ids) fs.mkdirSync(inHome, { mode: 0o700 });
    if (!ids) return { folder: inHome };
    if (canEnter(ids, home)) {
      makeOwned(inHome, ids);
      return { folder: inHome };
    }
  } else if (fs.readdirSync(inHome).length > 0) {
    throw new Error(`The user "${userName}" cannot enter ${inHome} any more. Let it pass: chmod o+x on its parents.`);
  }
  const folder = path.join(reachable, randomBytes(8).toString('hex'));
  fs.mkdirSync(reachable, { recursive: true, mode: 0o711 });
  makeOwned(folder, ids as UserIds);
  fs.writeFileSync(pointer, `${folder}\n`);
  return { folder, note: `data in ${folder}: the user "${userName}" cannot enter ${home}` };
}

function makeOwned(folder: string, ids: UserIds): void {
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.chownSync(folder, ids.uid, ids.gid);
}

/** The folder with Postgres' programs, copied to where the user `postgres` can run them if need be. */
export function reachablePrograms(native: string, ids: UserIds | null): { native: string; note?: string } {
  if (!ids || canEnter(ids, path.join(native, 'bin'))) return { native };
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(reachable, `programs-${version}`);
  if (!fs.existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    fs.mkdirSync(reachable, { recursive: true, mode: 0o711 });
    fs.cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    if (!fs.existsSync(copy)) fs.renameSync(partial, copy);
  }
  return { native: copy, note: `programs copied to ${copy}: the user "${userName}" cannot enter ${native}` };
}
