import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { type RecordedProcess, startIdOf } from './lock.mjs';

/** One step of stopping a child: a signal, and how long it has to end after it. SIGKILL follows the last step. */
export type StopStep = { signal: NodeJS.Signals; waitMs: number };

export type ChildSpec = {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string | undefined>;
  uid?: number;
  gid?: number;
  logFile: string;
  stop: StopStep[];
  /** Lower stops earlier when everything stops. */
  stopOrder: number;
};

export type Ending = { code: number | null; signal: string | null; reason?: string };
export type Child = RecordedProcess & { name: string; ended: Promise<Ending> };

/** Owns the child processes. They stop in order when `stopAll` is called, or when this process is gone. */
export type Guardian = {
  self: RecordedProcess;
  start(spec: ChildSpec): Promise<Child>;
  stop(name: string): Promise<void>;
  stopAll(): Promise<void>;
  /** Resolves when the guard ended without being asked to. */
  lost: Promise<Ending>;
  isLost(): boolean;
};

type Report =
  | { kind: 'started'; name: string; pid: number }
  | { kind: 'ended'; name: string; code: number | null; signal: string | null }
  | { kind: 'failed'; name: string; reason: string }
  | { kind: 'stopped'; name: string };

type Entry = {
  spec: ChildSpec;
  started: PromiseWithResolvers<Child>;
  ended: PromiseWithResolvers<Ending>;
  pid?: number;
};

const guardScript = path.join(import.meta.dirname, 'guard.mjs');

/** Starts the guard process. `logFile` takes what it has to complain about. */
export function createGuardian(logFile: string): Guardian {
  const log = fs.openSync(logFile, 'a', 0o600);
  const guard = spawn(process.execPath, [guardScript], { detached: true, stdio: ['ignore', log, log, 'ipc'] });
  fs.closeSync(log);
  const entries = new Map<string, Entry>();
  const stops = new Map<string, PromiseWithResolvers<void>>();
  const lost = Promise.withResolvers<Ending>();
  let leaving = false;

  guard.on('message', (report: Report) => take(report, entries, stops));
  guard.on('error', (error) => console.error(`guard: ${error.message}`));
  guard.on('exit', (code, signal) => {
    for (const stop of stops.values()) stop.resolve();
    for (const entry of entries.values()) abandon(entry, leaving);
    if (!leaving) lost.resolve({ code, signal, reason: 'the guard process ended' });
  });
  const pid = guard.pid ?? 0;
  return {
    self: { pid, startId: startIdOf(pid) ?? '' },
    lost: lost.promise,
    isLost: () => guard.exitCode !== null || guard.signalCode !== null,
    start: (spec) => startChild({ guard, entries, spec }),
    stop: async (name) => {
      if (!entries.has(name) || !guard.connected) return;
      const stop = stops.get(name) ?? Promise.withResolvers<void>();
      stops.set(name, stop);
      guard.send({ kind: 'stop', name });
      await stop.promise;
    },
    stopAll: async () => {
      leaving = true;
      if (guard.exitCode !== null || guard.signalCode !== null) return;
      if (guard.connected) guard.send({ kind: 'leave' });
      await once(guard, 'exit');
    },
  };
}

function startChild({ guard, entries, spec }: { guard: ChildProcess; entries: Map<string, Entry>; spec: ChildSpec }) {
  if (!guard.connected) return Promise.reject(new Error('the guard process ended'));
  const entry: Entry = { spec, started: Promise.withResolvers(), ended: Promise.withResolvers() };
  entries.set(spec.name, entry);
  guard.send({ kind: 'start', spec });
  return entry.started.promise;
}

function take(report: Report, entries: Map<string, Entry>, stops: Map<string, PromiseWithResolvers<void>>): void {
  if (report.kind === 'stopped') {
    stops.get(report.name)?.resolve();
    stops.delete(report.name);
    return;
  }
  const entry = entries.get(report.name);
  if (!entry) return;
  if (report.kind === 'started') {
    entry.pid = report.pid;
    const recorded = { pid: report.pid, startId: startIdOf(report.pid) ?? '' };
    entry.started.resolve({ ...recorded, name: report.name, ended: entry.ended.promise });
    return;
  }
  entries.delete(report.name);
  if (report.kind === 'failed') {
    entry.started.reject(new Error(`${report.name} could not be started: ${report.reason}`));
    entry.ended.resolve({ code: null, signal: null, reason: report.reason });
  } else {
    entry.ended.resolve({ code: report.code, signal: report.signal });
  }
}

/** The guard is gone: what it looked after is told to end, since nobody else will. */
function abandon(entry: Entry, expected: boolean): void {
  const { pid, spec } = entry;
  const signal = spec.stop[0]?.signal ?? 'SIGTERM';
  if (!expected && pid !== undefined && startIdOf(pid) !== null) process.kill(pid, signal);
  entry.started.reject(new Error(`${spec.name} could not be started: the guard process ended`));
  entry.ended.resolve({ code: null, signal: null, reason: 'the guard process ended' });
}

/** How a process ended, in words. */
export function endingText({ code, signal, reason }: Ending): string {
  return reason ?? (signal ? `signal ${signal}` : `code ${code}`);
}
