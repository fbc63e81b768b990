import { type LiveCursor, readLiveCursor, writeCursor } from './cursor.ts';
import { findRuns, mostRuns } from './find-runs.ts';
import { eventsAtOnce, type NewEvents, readEvents } from './read-events.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { LiveMessage, Said } from './types.ts';

/** Runs of other pipelines that a stream remembers not to look up again. */
const mostForeign = 1_000;
/** What steps said and a slow tab did not take yet; of more the oldest is let go. */
const mostHeard = 1_000;
/** A hint may be lost: a stream looks for new runs by itself this often. */
const lookMs = 900;

export type Watched = { kind: 'pipeline'; pipelineId: string } | { kind: 'run'; runId: string };
/** A message and the id from which a later stream goes on behind it. */
export type Told = { id: string; message: LiveMessage };

export type Stream = {
  /** Whether a hint about this run may bring something new. */
  concerns: (runId: string) => boolean;
  /** Takes what steps say, for the next tick. Whether any of it is of a run that is followed. */
  hears: (said: readonly Said[]) => boolean;
  /** Tells everything that is new by now; nothing where nothing is. */
  tick: () => AsyncGenerator<Told>;
};

/** One stream of one tab: which runs it follows and how far it has told each. */
export function createStream(projectId: string, watched: Watched, lastEventId: string | null): Stream {
  const resumed = resume(watched, lastEventId);
  const foreign = new Set<string>();
  const hinted = new Set<string>();
  let heard: Said[] = [];
  const cursor: LiveCursor = resumed ?? { followed: new Map(), known: new Set() };
  let begun = resumed !== null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function* tick(): AsyncGenerator<Told> {
    const entered = begun && !isTimeToLook() ? [] : await newRuns();
    if (entered.length > 0 || !begun) yield await snapshotOf(entered);
    begun = true;
    if (heard.length > 0) yield toldOf(heard.splice(0));
    for (let more = true; more; ) {
      const found = await readEvents(projectId, cursor.followed);
      for (const news of found) yield told(news);
      more = found.some(({ events }) => events.length === eventsAtOnce);
    }
  }

  /** Looking for runs costs a query, so only where a hint names an unknown one, or it was not done for a while. */
  function isTimeToLook(): boolean {
    return watched.kind === 'pipeline' && (hinted.size > 0 || performance.now() - lookedAt >= lookMs);
  }

  /** Runs to follow from now on: of a pipeline those that go on or began since we looked; the one run always. */
  async function newRuns(): Promise<string[]> {
    if (watched.kind === 'run') return begun ? [] : [watched.runId];
    lookedAt = performance.now();
    const asked = [...hinted];
    hinted.clear();
    const found = await findRuns(projectId, watched.pipelineId);
    const listed = new Set(found.map(({ id }) => id));
    for (const id of asked) if (!listed.has(id) && !cursor.followed.has(id)) foreign.add(id);
    for (const id of cursor.known) if (!listed.has(id)) cursor.known.delete(id);
    const unknown = found.filter(({ id }) => !cursor.followed.has(id) && !cursor.known.has(id));
    // A run that is over is told of again where something happened to it: it was undone, rewound or tried again.
    const stirred = found.filter(({ id, ended }) => cursor.known.has(id) && (!ended || asked.includes(id)));
    const entered = [...unknown.filter(({ ended }) => begun || !ended), ...stirred].slice(0, mostRuns);
    for (const run of unknown) if (!entered.includes(run)) cursor.known.add(run.id);
    return entered.map(({ id }) => id);
  }

  async function snapshotOf(runIds: string[]): Promise<Told> {
    const runs = await readSnapshot(projectId, runIds);
    for (const { id, seq, endedAt, undo } of runs) {
      const goesOn = endedAt === null || undo === 'undoing' || watched.kind === 'run';
      if (goesOn) cursor.followed.set(id, seq);
      else cursor.known.add(id);
      if (goesOn) cursor.known.delete(id);
    }
    dropOldest();
    return { id: writeCursor(cursor), message: { kind: 'snapshot', runs } };
  }

  function told({ runId, ref, pipelineId, ended, events }: NewEvents): Told {
    cursor.followed.set(runId, events.at(-1)?.seq ?? 0);
    if (ended && watched.kind === 'pipeline') {
      cursor.followed.delete(runId);
      cursor.known.add(runId);
    }
    return { id: writeCursor(cursor), message: { kind: 'events', runId, ref, pipelineId, events } };
  }

  function toldOf(said: Said[]): Told {
    return { id: writeCursor(cursor), message: { kind: 'said', said } };
  }

  function hears(said: readonly Said[]): boolean {
    const followed = said.filter(({ runId }) => cursor.followed.has(runId));
    heard = [...heard, ...followed].slice(-mostHeard);
    return followed.length > 0;
  }

  function dropOldest(): void {
    const oldestFirst = [...cursor.followed.keys()].sort((a, b) => Number(BigInt(a) - BigInt(b)));
    for (const id of oldestFirst.slice(0, Math.max(0, oldestFirst.length - mostRuns))) {
      cursor.followed.delete(id);
      cursor.known.add(id);
    }
  }

  function concerns(runId: string): boolean {
    if (cursor.followed.has(runId)) return true;
    if (watched.kind === 'run' || foreign.has(runId)) return false;
    if (foreign.size > mostForeign) foreign.clear();
    hinted.add(runId);
    return true;
  }

  return { concerns, hears, tick };
}

function resume(watched: Watched, lastEventId: string | null): LiveCursor | null {
  const cursor = lastEventId === null ? null : readLiveCursor(lastEventId);
  if (!cursor || watched.kind === 'pipeline') return cursor;
  const seq = cursor.followed.get(watched.runId);
  return seq === undefined ? null : { followed: new Map([[watched.runId, seq]]), known: new Set() };
}
