import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { logFileOf, tailOf } from './home.ts';
import { waitForLock } from './lock.mjs';

const folders = ['app', 'nodes', 'server', 'public', 'prisma'];
/** Configuration, and what Next.js takes from the root (proxy.ts and its like). */
const inRoot = /\.(?:ts|tsx|mjs|js|json)$/;
/** What the pages cannot contain: tests, tools, and the generated client (its source is the schema). */
const leftOut =
  /\.test\.tsx?$|^server\/(?:testing|bench|cli|db\/prisma)\/|^(?:vitest\.config\.ts|next-env\.d\.ts|biome\.json)$/;

/** A hash over everything that `next build` reads from the checkout. */
export function sourceStamp(root: string): string {
  const hash = createHash('sha256');
  const names = [
    ...fs.readdirSync(root).filter((name) => inRoot.test(name)),
    ...folders.flatMap((folder) => filesUnder(root, folder)),
  ];
  for (const name of names.filter((name) => !leftOut.test(name)).sort()) {
    const content = fs.readFileSync(path.join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(root: string, folder: string): string[] {
  if (!fs.existsSync(path.join(root, folder))) return [];
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** Builds the pages when their sources changed. Says whether it had to. */
export async function ensureBuild(root: string, home: string): Promise<'built' | 'current'> {
  const stampFile = path.join(root, '.next', 'solograph-stamp');
  const isCurrent = () => fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === sourceStamp(root);
  if (isCurrent()) return 'current';
  fs.mkdirSync(path.join(root, '.solograph'), { recursive: true });
  const release = await waitForLock(path.join(root, '.solograph', 'build.lock'), 'build', () => undefined);
  try {
    if (isCurrent()) return 'current';
    const stamp = sourceStamp(root);
    fs.rmSync(stampFile, { force: true });
    await build(root, logFileOf(home, 'build'));
    fs.writeFileSync(stampFile, stamp);
    return 'built';
  } finally {
    release();
  }
}

/** Next.js' own program, for `build`, `start` and `dev`. */
export const nextProgram = (root: string) => path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

function build(root: string, logFile: string): Promise<void> {
  const log = fs.openSync(logFile, 'w', 0o600);
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const child = spawn(process.execPath, [nextProgram(root), 'build'], { cwd: root, env, stdio: ['ignore', log, log] });
  fs.closeSync(log);
  // A start that gives up must not leave a build behind that still writes.
  const cancel = () => child.kill('SIGKILL');
  process.once('exit', cancel);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('exit', cancel);
      if (code === 0) resolve();
      else reject(new Error(`next build ended with code ${code}.\n${tailOf(logFile, 0, 30)}`));
    });
  });
}
