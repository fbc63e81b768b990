// Plain JavaScript for any Node from 20.9 on: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { waitForLock } from './lock.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null);

/** The Node 24 that comes with the dependencies. */
export function installedNode(root) {
  return path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Installs the locked dependencies and generates the database client, each only when it changed. */
export async function prepare({ root, say }) {
  if (isInstalled(root) && isGenerated(root)) return;
  fs.mkdirSync(path.join(root, '.solograph'), { recursive: true });
  const release = await waitForLock(path.join(root, '.solograph', 'install.lock'), 'install', (holder) =>
    say(`install      waiting for process ${holder.pid}, which is installing`),
  );
  try {
    if (!isInstalled(root)) await install({ root, say });
    if (!isGenerated(root)) await generate({ root, say });
  } finally {
    release();
  }
}

const stampFile = (root) => path.join(root, 'node_modules', '.solograph-stamp');
const lockStamp = (root) => sha256(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));

function isInstalled(root) {
  return read(stampFile(root)) === lockStamp(root) && fs.existsSync(installedNode(root));
}

async function install({ root, say }) {
  if (!matchesLock(root)) {
    say('install      dependencies with npm ci, this takes a minute');
    const started = Date.now();
    await npmCi(root);
    say(`✓ install    ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  if (!fs.existsSync(installedNode(root))) {
    throw new Error(
      'npm did not install Node 24 (package "node"): its install script did not run. Allow install scripts ' +
        '(npm config set ignore-scripts false), remove node_modules and try again.',
    );
  }
  fs.writeFileSync(stampFile(root), lockStamp(root));
}

/** Whether someone else's npm install already brought exactly what the lock names. */
export function matchesLock(root) {
  const hidden = read(path.join(root, 'node_modules', '.package-lock.json'));
  if (hidden === null || !fs.existsSync(installedNode(root))) return false;
  const there = JSON.parse(hidden).packages ?? {};
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages ?? {};
  const same = (a, b) => a?.version === b?.version && a?.integrity === b?.integrity;
  const strayed = Object.keys(there).some((name) => !same(there[name], wanted[name]));
  const missing = Object.keys(wanted).some((name) => name !== '' && !wanted[name].optional && !there[name]);
  return !strayed && !missing;
}

// npm puts node_modules/.bin first on PATH: the Node in there is about to be removed under the feet of npm ci.
function cleanPath(root) {
  const own = path.join(root, 'node_modules');
  const parts = (process.env.PATH ?? '').split(path.delimiter);
  return parts.filter((part) => !part.startsWith(own)).join(path.delimiter);
}

function npmCi(root) {
  const env = {
    ...process.env,
    PATH: cleanPath(root),
    // Any executable will do: it keeps Prisma from downloading an engine that nothing here uses.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const args = ['ci', '--loglevel=error', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  return finished('npm', args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
}

const clientStamp = (root) => path.join(root, 'server', 'db', 'prisma', '.stamp');

function schemaStamp(root) {
  const version = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules', 'prisma', 'package.json'), 'utf8'),
  ).version;
  return sha256(`${version}\n${fs.readFileSync(path.join(root, 'prisma', 'schema.prisma'), 'utf8')}`);
}

function isGenerated(root) {
  return isInstalled(root) && read(clientStamp(root)) === schemaStamp(root);
}

async function generate({ root, say }) {
  const started = Date.now();
  const prisma = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  await finished(installedNode(root), [prisma, 'generate', '--no-hints'], { cwd: root, env, stdio: 'pipe' });
  fs.writeFileSync(clientStamp(root), schemaStamp(root));
  say(`✓ generate   database client (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function finished(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const shown = path.basename(command);
      reject(new Error(`${shown} ${args.join(' ')} ended with ${signal ?? `code ${code}`}.\n${output.trim()}`));
    });
  });
}
