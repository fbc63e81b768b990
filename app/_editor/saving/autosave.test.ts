import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Graph } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../document/store.ts';
import {
  createAutosave,
  firstRetryMs,
  longestRetryMs,
  type SaveRequest,
  type SaveResult,
  saveDelayMs,
} from './autosave.ts';
import { draftOf } from './ledger.ts';
import { memoryJournal, start } from './testing.ts';

function setUp(answers: (SaveResult | Promise<SaveResult>)[] = [], from = draftOf(start, 1)) {
  const journal = memoryJournal();
  const document = createDocumentStore(from.document.graph);
  const requests: { revision: number; name: string; why: string }[] = [];
  const save = async ({ revision, graph, why }: SaveRequest): Promise<SaveResult> => {
    requests.push({ revision, name: graph.name, why: `${why.origin}: ${why.summary}` });
    return (await answers.shift()) ?? { kind: 'saved', revision: revision + 1 };
  };
  const autosave = createAutosave({ document, ledger: from.ledger, save, journal });
  const type = (name: string) => document.dispatch({ kind: 'set-name', name });
  const state = () => autosave.store.getState();
  const name = () => document.store.getState().graph.name;
  return { autosave, document, journal, requests, type, state, name };
}

const theirs = { revision: 9, graph: { ...start, name: 'Theirs' }, updatedAt: 0 };
const conflict = { kind: 'conflict', theirs } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('autosave', () => {
  it('saves once after a pause in typing, and says what was edited', async () => {
    const { requests, type, state } = setUp();
    for (const name of ['A', 'AB', 'ABC']) {
      type(name);
      await vi.advanceTimersByTimeAsync(saveDelayMs / 2);
    }
    expect(state().kind).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(requests).toEqual([{ revision: 1, name: 'ABC', why: 'operator: Rename pipeline' }]);
    expect(state().kind).toBe('saved');
  });

  it('sends what was typed while it was saving with the next revision', async () => {
    let answer: (result: SaveResult) => void = () => {};
    const { requests, type, autosave } = setUp([new Promise((resolve) => (answer = resolve))]);
    type('A');
    const first = autosave.flush();
    type('B');
    answer({ kind: 'saved', revision: 2 });
    expect(await first).toBe(false);
    expect(await autosave.flush()).toBe(true);
    expect(requests).toMatchObject([
      { revision: 1, name: 'A' },
      { revision: 2, name: 'B', why: 'operator: Rename pipeline' },
    ]);
  });

  it('saves a fix at once and as one, so that it has a place of its own in the history', async () => {
    const { requests, document } = setUp();
    document.dispatch({ kind: 'set-name', name: 'A' }, { origin: 'fix', label: 'Fix the name' });
    await vi.advanceTimersByTimeAsync(0);
    expect(requests).toMatchObject([{ why: 'fix: Fix the name' }]);
    document.undo();
    await vi.advanceTimersByTimeAsync(0);
    expect(requests[1]).toMatchObject({ why: 'fix: Undo: Fix the name' });
  });
});

describe('without the server', () => {
  it('says so with the edits that are kept, tries again ever later, and at once when it is woken', async () => {
    const { requests, type, state, autosave, document } = setUp(Array(8).fill({ kind: 'offline' }));
    type('A');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(state()).toEqual({ kind: 'offline', edits: 1, since: Date.now() });
    document.dispatch({ kind: 'set-description', description: 'B' });
    expect(state()).toMatchObject({ kind: 'offline', edits: 2 });
    await vi.advanceTimersByTimeAsync(firstRetryMs + 2 * firstRetryMs + 4 * firstRetryMs);
    expect(requests).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(3 * longestRetryMs);
    expect(requests.length).toBeLessThan(10);
    autosave.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(state().kind).toBe('saved');
    expect(requests.at(-1)).toMatchObject({ revision: 1, why: 'operator: Rename pipeline, Edit description' });
  });

  it('goes on after the operator signed in again', async () => {
    const { type, state, autosave } = setUp([{ kind: 'signed-out' }]);
    type('A');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(state()).toMatchObject({ kind: 'signed-out', edits: 1 });
    autosave.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(state().kind).toBe('saved');
  });

  it('says that the session ended where all is saved, and that all is saved once there is one again', () => {
    const { state, autosave, requests } = setUp();
    autosave.signedOut();
    expect(state()).toEqual({ kind: 'signed-out', edits: 0, since: Date.now() });
    autosave.signedIn();
    expect(state().kind).toBe('saved');
    expect(requests).toEqual([]);
  });

  it('saves what was edited after the session ended as soon as there is one again', async () => {
    const { type, state, autosave, requests } = setUp(Array(3).fill({ kind: 'signed-out' }));
    autosave.signedOut();
    type('A');
    expect(state()).toMatchObject({ kind: 'signed-out', edits: 1 });
    await vi.advanceTimersByTimeAsync(firstRetryMs * 4);
    expect(requests).toHaveLength(3);
    expect(state()).toMatchObject({ kind: 'signed-out', edits: 1 });
    autosave.signedIn();
    await vi.advanceTimersByTimeAsync(0);
    expect(state().kind).toBe('saved');
  });

  it('asks for a choice before anything else, also where the session has ended', async () => {
    const { type, state, autosave } = setUp([conflict]);
    type('A');
    await autosave.flush();
    autosave.signedOut();
    autosave.signedIn();
    expect(state().kind).toBe('conflict');
  });

  it('takes no save of its own for a conflict whose answer was lost', async () => {
    const { type, state, requests, autosave } = setUp([
      { kind: 'offline' },
      { kind: 'conflict', theirs: { revision: 2, graph: { ...start, name: 'A' }, updatedAt: 0 } },
    ]);
    type('A');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    type('AB');
    await autosave.flush();
    expect(state().kind).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(state().kind).toBe('saved');
    expect(requests.at(-1)).toMatchObject({ revision: 2, name: 'AB' });
  });

  it('tries again at the next edit after the server refused', async () => {
    const { type, autosave, state } = setUp([{ kind: 'refused', message: 'Too large.' }]);
    type('A');
    await autosave.flush();
    expect(state()).toEqual({ kind: 'refused', message: 'Too large.' });
    type('B');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(state().kind).toBe('saved');
  });

  it('tries no more once it is stopped', async () => {
    const { type, autosave, requests } = setUp(Array(9).fill({ kind: 'offline' }));
    type('A');
    await autosave.flush();
    autosave.stop();
    await autosave.flush();
    await vi.advanceTimersByTimeAsync(longestRetryMs * 3);
    expect(requests).toHaveLength(2);
  });
});

describe('a conflict', () => {
  it('stops saving, and goes on editing without losing anything', async () => {
    const { requests, type, state, name } = setUp([conflict]);
    type('A');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    type('Mine');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state()).toEqual({ kind: 'conflict', base: start, theirs });
    expect(requests).toHaveLength(1);
    expect(name()).toBe('Mine');
  });

  it('ends the step of undo that was going on', async () => {
    const { type, autosave, document } = setUp([conflict]);
    type('A');
    await autosave.flush();
    type('AB');
    expect(document.store.getState().past).toHaveLength(2);
  });

  it('keeps mine: overwrites their revision, as a row of its own', async () => {
    const { requests, type, autosave, state } = setUp([conflict]);
    type('Mine');
    await autosave.flush();
    expect(await autosave.keepMine()).toBe(true);
    expect(requests.at(-1)).toEqual({
      revision: 9,
      name: 'Mine',
      why: 'conflict: Rename pipeline, Keep mine over the other draft',
    });
    expect(state().kind).toBe('saved');
  });

  it('takes theirs: one undo brings mine back, and leaves theirs in the history', async () => {
    const { type, autosave, document, state, requests, name } = setUp([conflict]);
    type('Mine');
    await autosave.flush();
    autosave.takeTheirs();
    expect([name(), state().kind]).toEqual(['Theirs', 'saved']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
    document.undo();
    expect(name()).toBe('Mine');
    expect(await autosave.flush()).toBe(true);
    expect(requests.at(-1)).toEqual({ revision: 9, name: 'Mine', why: 'conflict: Undo: Take the other draft' });
  });

  it('merges: saves what was made of both over theirs, one undo before mine', async () => {
    const { type, autosave, document, requests, name } = setUp([conflict]);
    type('Mine');
    await autosave.flush();
    expect(await autosave.merge({ ...start, name: 'Both' })).toBe(true);
    expect(requests.at(-1)).toEqual({ revision: 9, name: 'Both', why: 'merge: Rename pipeline, Merge both drafts' });
    document.undo();
    expect(name()).toBe('Mine');
  });

  it('takes a newer draft over where nothing is unsaved, and asks where something is', () => {
    const clean = setUp();
    clean.autosave.notice(theirs);
    expect(clean.name()).toBe('Theirs');
    expect(clean.autosave.revision()).toBe(9);
    const dirty = setUp();
    dirty.type('Mine');
    dirty.autosave.notice(theirs);
    expect(dirty.state()).toEqual({ kind: 'conflict', base: start, theirs });
  });
});

it('undo after a replacement without groups and settings gives the document back', () => {
  const groups: Graph['groups'] = [{ id: 'g', title: 'G', nodes: [], notes: [] }];
  const { document } = setUp([], draftOf({ ...start, groups }, 1));
  document.dispatch({ kind: 'replace', graph: start, label: 'Replace' });
  expect(document.store.getState().graph).toEqual(start);
  document.undo();
  expect(document.store.getState().graph).toEqual({ ...start, groups });
});
