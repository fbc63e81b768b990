import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { version } from '#server/version.ts';
import { type Child, type ChildSpec, createGuardian, type Ending, endingText, type Guardian } from './guardian.ts';
import { type Instance, instanceFile, logFileOf, prepareHome, readInstance, readRecord, writeRecord } from './home.ts';
import { keepAlive } from './keep-alive.ts';
import { thisProcess, tryLock } from './lock.mjs';
import { finishOff } from './orphans.ts';

/** This process's hold on a home: either the home is ours, or we are attached to the instance that owns it. */
export type Session = {
  home: string;
  attached: Instance | null;
  /** Adds to what instance.json says. */
  record(patch: Partial<Instance>): void;
  /** Makes a part of the stack once, however many callers in this process ask for it. */
  once<T>(part: string, make: () => Promise<T>): Promise<T>;
  /** Starts a child, waits until `ready` resolves, and starts it again whenever it crashes after that. */
  run<T>(part: Part<T>): Promise<T>;
  /** Resolves with the reason when the children can be looked after no longer. */
  lost: Promise<string>;
  /** The last release stops every child and gives the home back. */
  release(): Promise<void>;
};

export type Part<T> = {
  spec: ChildSpec;
  timeoutMs: number;
  ready: (giveUp: AbortSignal, child: Child) => Promise<T>;
};

export type SessionOptions = {
  home: string;
  kind: Instance['kind'];
  /** Who we are, for others that wait for the home. */
  label: string;
  /** False where nothing embedded is needed: several may then use the home at the same time. */
  exclusive: boolean;
  say: (text: string) => void;
  signal?: AbortSignal;
};

type Hold = { attached: Instance | null; unlock: (() => void) | null };

const owned = new Map<string, { session: Promise<Session>; uses: number }>();

/** Takes the home, or attaches to the instance that runs on it. Waits for one that starts, stops or is a command. */
export async function openSession(options: SessionOptions): Promise<Session> {
  if (!options.exclusive) return share(options);
  const known = owned.get(options.home);
  if (known) {
    known.uses += 1;
    return known.session;
  }
  const entry = { session: take(options), uses: 1 };
  owned.set(options.home, entry);
  try {
    const session = await entry.session;
    if (session.attached) owned.delete(options.home);
    return session;
  } catch (error) {
    owned.delete(options.home);
    throw error;
  }
}

const readyServer = (home: string): Instance | null => {
  const instance = readInstance(home);
  return instance?.kind === 'server' && instance.phase === 'ready' ? instance : null;
};

function share(options: SessionOptions): Session {
  prepareHome(options.home);
  return createSession(options, { attached: readyServer(options.home), unlock: null });
}

async function take(options: SessionOptions): Promise<Session> {
  const { home, kind, label, say, signal } = options;
  prepareHome(home);
  for (let told = ''; ; ) {
    signal?.throwIfAborted();
    const lock = tryLock(path.join(home, 'instance.lock'), label);
    if (lock.held) return own(options, lock.release);
    const attached = readyServer(home);
    if (attached) return createSession(options, { attached, unlock: null });
    const instance = readInstance(home);
    const doing = instance?.kind === 'command' ? 'to end' : (instance?.phase ?? 'starting');
    const text = `${home} is in use by "${lock.holder.label}" (process ${lock.holder.pid}, ${doing}); waiting for it`;
    if (text !== told && (kind === 'server' || instance?.kind === 'command')) say(text);
    told = text;
    await sleep(100);
  }
}

async function own(options: SessionOptions, unlock: () => void): Promise<Session> {
  const { home, kind, label, say } = options;
  try {
    const left = readRecord(home);
    if (left) await finishOff(left, say);
    const startedAt = new Date().toISOString();
    const nothing = { url: null, databaseUrl: null, chromaUrl: null, guard: null, children: [] };
    writeRecord(home, { ...thisProcess(), kind, phase: 'starting', label, startedAt, version, ...nothing });
    return createSession(options, { attached: null, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

function createSession({ home, say }: SessionOptions, { attached, unlock }: Hold): Session {
  const parts = new Map<string, Promise<unknown>>();
  const giveUps: (() => void)[] = [];
  const lost = Promise.withResolvers<string>();
  let guardian: Guardian | undefined;
  const record = (patch: Partial<Instance>) => {
    const current = unlock ? readRecord(home) : null;
    if (current) writeRecord(home, { ...current, ...patch });
  };
  const guard = () => {
    if (guardian) return guardian;
    guardian = createGuardian(logFileOf(home, 'guard'));
    guardian.lost.then((ending: Ending) =>
      lost.resolve(`the guard of the child processes ended (${endingText(ending)})`),
    );
    record({ guard: guardian.self });
    return guardian;
  };
  const recordChild = ({ name, pid, startId }: Child) => {
    const others = (readRecord(home)?.children ?? []).filter((child) => child.name !== name);
    record({ children: [...others, { name, pid, startId }] });
  };
  const close = async () => {
    record({ phase: 'stopping' });
    for (const giveUp of giveUps) giveUp();
    await guardian?.stopAll();
    if (!unlock) return;
    fs.rmSync(instanceFile(home), { force: true });
    owned.delete(home);
    unlock();
  };
  let closed: Promise<void> | undefined;
  return {
    home,
    attached,
    record,
    lost: lost.promise,
    once: <T>(part: string, make: () => Promise<T>) => {
      const made = parts.get(part) ?? make();
      parts.set(part, made);
      return made as Promise<T>;
    },
    run: async (part) => {
      const child = await guard().start(part.spec);
      recordChild(child);
      const result = await untilReady(part, child).catch(async (error: unknown) => {
        await guard().stop(part.spec.name);
        throw error;
      });
      giveUps.push(keepAlive({ guardian: guard(), spec: part.spec, say, onStart: recordChild }, child));
      return result;
    },
    release: async () => {
      const entry = unlock ? owned.get(home) : undefined;
      if (entry && --entry.uses > 0) return;
      closed ??= close();
      await closed;
    },
  };
}

async function untilReady<T>({ timeoutMs, ready }: Part<T>, child: Child): Promise<T> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(new Error(`was not ready after ${timeoutMs / 1000} s`)), timeoutMs);
  child.ended.then((ending) => giveUp.abort(new Error(`ended with ${endingText(ending)}`)));
  const aborted = new Promise<never>((_, reject) => {
    giveUp.signal.addEventListener('abort', () => reject(giveUp.signal.reason));
  });
  try {
    return await Promise.race([ready(giveUp.signal, child), aborted]);
  } finally {
    clearTimeout(timer);
  }
}
