// Owns the processes that are not ours (Postgres, Chroma, Next.js, the worker) for one supervisor. It lives in a session
// of its own, so that a signal to the terminal's group does not reach them, and stops them in order when the supervisor
// asks for it or is gone, however it went.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** name → { child, spec, ended: Promise<void> } */
const running = new Map();

const tell = (message) => {
  if (process.connected) process.send(message);
};

function start(spec) {
  const log = fs.openSync(spec.logFile, 'a', 0o600);
  const { command, args, cwd, env, uid, gid } = spec;
  // stdin stays open for as long as this process lives: its end tells a child that nobody looks after it any more.
  const child = spawn(command, args, { cwd, env, uid, gid, detached: true, stdio: ['pipe', log, log] });
  fs.closeSync(log);
  child.stdin.on('error', (error) => console.error(`${spec.name}: stdin: ${error.message}`));
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      tell({ kind: 'failed', name: spec.name, reason: error.message });
      resolve();
    });
    child.on('exit', (code, signal) => {
      killGroup(child.pid);
      tell({ kind: 'ended', name: spec.name, code, signal });
      resolve();
    });
  }).then(() => {
    if (running.get(spec.name)?.child === child) running.delete(spec.name);
  });
  running.set(spec.name, { child, spec, ended });
  if (child.pid !== undefined) tell({ kind: 'started', name: spec.name, pid: child.pid });
}

// The rest of a child's group: what it forked and left behind.
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') console.error(`group ${pid}: ${error.message}`);
  }
}

async function stop(name) {
  const entry = running.get(name);
  if (!entry || entry.child.pid === undefined) return;
  for (const { signal, waitMs } of entry.spec.stop) {
    entry.child.kill(signal);
    const inTime = await Promise.race([entry.ended.then(() => true), sleep(waitMs, false)]);
    if (inTime) return;
    console.error(`${name}: still there ${waitMs} ms after ${signal}`);
  }
  killGroup(entry.child.pid);
  await entry.ended;
}

async function stopAll() {
  const inOrder = [...running.values()].sort((a, b) => a.spec.stopOrder - b.spec.stopOrder);
  for (const { spec } of inOrder) await stop(spec.name);
}

let leaving;
function leave() {
  leaving ??= stopAll().then(() => process.exit(0));
  return leaving;
}

const handlers = {
  start: ({ spec }) => (leaving ? undefined : start(spec)),
  stop: async ({ name }) => {
    await stop(name);
    tell({ kind: 'stopped', name });
  },
  kill: ({ name }) => running.get(name)?.child.kill('SIGKILL'),
  leave,
};

process.on('message', async (message) => {
  try {
    await handlers[message.kind](message);
  } catch (error) {
    console.error(error);
    tell({ kind: 'failed', name: message.spec?.name ?? message.name, reason: error.message });
  }
});
process.on('disconnect', leave);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, leave);
