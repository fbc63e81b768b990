// The entry of every npm script. It runs on any Node from 20.9 on, and hands over to the Node 24 among the dependencies.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const entries = {
  start: ['server/boot/start.ts'],
  dev: ['server/boot/start.ts', '--dev'],
  test: ['server/boot/test.ts'],
  check: ['server/boot/test.ts', '--static'],
  worker: ['server/cli/main.ts', 'worker'],
  cli: ['server/cli/main.ts'],
  bench: ['e2e/bench/main.ts'],
  chaos: ['server/chaos/main.ts'],
  simulate: ['server/simulate/main.ts'],
  screenshots: ['e2e/screenshots/take.ts'],
  'db:diff': ['server/boot/db-diff.ts'],
};

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const [command = '', ...args] = process.argv.slice(2);
const entry = Object.hasOwn(entries, command) ? entries[command] : undefined;

// Commands print documents on stdout; what the preparation has to say must not mix with them.
const say = (line) => (command === 'start' || command === 'dev' ? console.log(line) : console.error(line));

function fail(text, code) {
  console.error(text);
  process.exit(code);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  fail(`Solograph needs Node 20.9 or newer, and this is Node ${process.versions.node}. See https://nodejs.org.`, 1);
}
if (!entry) fail(`Unknown command "${command}". There are: ${Object.keys(entries).join(', ')}.`, 2);

const { installedNode, prepare } = await import('./install.mjs');
await prepare({ root, say }).catch((error) => fail(`✗ install    ${error.message}`, 1));

const [file, ...leading] = entry;
// Prisma's schema engine is WebAssembly, which Node still calls experimental on every start.
const flags = ['--disable-warning=ExperimentalWarning', '--expose-gc'];
const child = spawn(installedNode(root), [...flags, path.join(root, file), ...leading, ...args], {
  // The channel tells the child when this process was killed and can forward nothing any more.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    // What Node makes of each file is kept: workers, the web server and every command start in half the time.
    NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled'),
    ...process.env,
    SOLOGRAPH_ROOT: root,
    SOLOGRAPH_BOOTSTRAP: String(process.pid),
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// A signal to npm ends npm and its shell without reaching this process: their end is the message then.
const parent = process.ppid;
if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 300).unref();
}
child.on('error', (error) => fail(`Node 24 could not be started: ${error.message}`, 1));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)));
