import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '#server/live/types.ts';

/** What a step that runs has said so far: lines of its log, and what its model answers while it is written. */
export type SaidByStep = {
  state: string;
  path: string;
  attempt: number;
  /** When it began to say something, epoch milliseconds of this browser. */
  at: number;
  text: string;
  /** The beginning was said before this browser listened. */
  partial: boolean;
  lines: { at: number; message: string }[];
};

/** By run, then by step and attempt. */
export type SaidState = ReadonlyMap<string, ReadonlyMap<string, SaidByStep>>;
export type SaidStore = { store: StoreApi<SaidState>; receive(said: readonly Said[]): void };

const keptSteps = 200;
const keptText = 20_000;
const keptRuns = 10;

/** What steps say while they run. Nothing of it is kept: once a step is over, the server tells its log and its output. */
export function createSaid(now: () => number = Date.now): SaidStore {
  const store = createStore<SaidState>(() => new Map());
  return {
    store,
    receive(said) {
      const runs = new Map(store.getState());
      for (const one of said) {
        const steps = new Map(runs.get(one.runId));
        const key = `${one.state} ${one.path} ${one.attempt}`;
        steps.set(key, withSaid(steps.get(key) ?? firstOf(one, now()), one));
        runs.delete(one.runId);
        runs.set(one.runId, newest(steps, keptSteps));
      }
      store.setState(newest(runs, keptRuns), true);
    },
  };
}

function firstOf({ state, path, attempt }: Said, at: number): SaidByStep {
  return { state, path, attempt, at, text: '', partial: false, lines: [] };
}

function withSaid(step: SaidByStep, said: Said): SaidByStep {
  if (said.kind === 'log') return { ...step, lines: [...step.lines, { at: said.at, message: said.message }] };
  const missed = step.text === '' && !step.partial && said.from > 0;
  const text = step.text + said.text;
  return { ...step, text: text.slice(-keptText), partial: step.partial || missed || text.length > keptText };
}

function newest<Value>(map: Map<string, Value>, most: number): Map<string, Value> {
  for (const key of [...map.keys()].slice(0, Math.max(0, map.size - most))) map.delete(key);
  return map;
}
