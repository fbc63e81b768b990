import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../document/store.ts';
import { createAutosave, retryDelayMs, type SaveResult, saveDelayMs } from './autosave.ts';
import { createJournal } from './journal.ts';

const start: Graph = graphSchema.parse({ format: 'solograph/graph', version: 1, name: 'Leads', nodes: [], edges: [] });

function setUp(answers: (SaveResult | Promise<SaveResult>)[] = []) {
  const items = new Map<string, string>();
  const journal = createJournal('p', {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  });
  const document = createDocumentStore(start);
  const requests: { revision: number; name: string }[] = [];
  const save = vi.fn(async (revision: number, graph: Graph): Promise<SaveResult> => {
    requests.push({ revision, name: graph.name });
    return (await answers.shift()) ?? { kind: 'saved', revision: revision + 1 };
  });
  const autosave = createAutosave({ document, revision: 1, save, journal });
  const type = (name: string) => document.dispatch({ kind: 'set-name', name });
  const state = () => autosave.store.getState();
  return { autosave, document, journal, requests, type, state };
}

const theirs = { revision: 9, graph: { ...start, name: 'Theirs' }, updatedAt: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('autosave', () => {
  it('saves once after a pause in typing', async () => {
    const { requests, type, state } = setUp();
    for (const name of ['A', 'AB', 'ABC']) {
      type(name);
      await vi.advanceTimersByTimeAsync(saveDelayMs / 2);
    }
    expect(state().kind).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(requests).toEqual([{ revision: 1, name: 'ABC' }]);
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
    expect(requests).toEqual([
      { revision: 1, name: 'A' },
      { revision: 2, name: 'B' },
    ]);
  });

  it('says that it is offline, keeps the edits in this browser, and tries again', async () => {
    const { requests, type, state, journal } = setUp([{ kind: 'offline' }]);
    type('A');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    expect(state().kind).toBe('offline');
    expect(journal.read()).toMatchObject({ revision: 1, graph: { name: 'A' } });
    await vi.advanceTimersByTimeAsync(retryDelayMs);
    expect(requests).toHaveLength(2);
    expect(state().kind).toBe('saved');
    expect(journal.read()).toBeNull();
  });

  it('stops saving on a conflict, and goes on editing without losing anything', async () => {
    const { requests, type, state, document, journal } = setUp([{ kind: 'conflict', theirs }]);
    type('A');
    await vi.advanceTimersByTimeAsync(saveDelayMs);
    type('Mine');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state()).toEqual({ kind: 'conflict', theirs });
    expect(requests).toHaveLength(1);
    expect(document.store.getState().graph.name).toBe('Mine');
    expect(journal.read()).toMatchObject({ revision: 1, graph: { name: 'Mine' } });
  });

  it('keeps mine: overwrites their revision', async () => {
    const { requests, type, autosave, state } = setUp([{ kind: 'conflict', theirs }]);
    type('Mine');
    await autosave.flush();
    expect(await autosave.keepMine()).toBe(true);
    expect(requests.at(-1)).toEqual({ revision: 9, name: 'Mine' });
    expect(state().kind).toBe('saved');
  });

  it('takes theirs: one undo brings mine back', async () => {
    const { type, autosave, document, state, requests } = setUp([{ kind: 'conflict', theirs }]);
    type('Mine');
    await autosave.flush();
    autosave.takeTheirs();
    expect(document.store.getState().graph.name).toBe('Theirs');
    expect(state().kind).toBe('saved');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
    document.undo();
    expect(document.store.getState().graph.name).toBe('Mine');
    expect(await autosave.flush()).toBe(true);
    expect(requests.at(-1)).toEqual({ revision: 9, name: 'Mine' });
  });

  it('takes a newer draft over where nothing is unsaved, and asks where something is', () => {
    const clean = setUp();
    clean.autosave.notice(theirs);
    expect(clean.document.store.getState().graph.name).toBe('Theirs');
    expect(clean.autosave.revision()).toBe(9);
    const dirty = setUp();
    dirty.type('Mine');
    dirty.autosave.notice(theirs);
    expect(dirty.state()).toEqual({ kind: 'conflict', theirs });
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
});

describe('the journal', () => {
  it('counts an entry that cannot be read as none', () => {
    const journal = createJournal('p', { getItem: () => '{"revision":1', setItem: () => {}, removeItem: () => {} });
    expect(journal.read()).toBeNull();
  });

  it('says so where the browser has no room', () => {
    const full = createJournal('p', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('Quota', 'QuotaExceededError');
      },
      removeItem: () => {},
    });
    expect(full.write({ revision: 1, graph: start })).toBe(false);
  });
});
