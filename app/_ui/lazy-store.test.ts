import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchMissing, type LazyStore, lazyStore, patienceMs } from './lazy-store.ts';

let online = true;
let back: (() => void)[] = [];
let stuck: (() => void)[] = [];
let loads = 0;
let answer: 'part' | 'fails' | 'nothing' = 'part';

const world = {
  online: () => online,
  onOnline: (call: () => void) => {
    back.push(call);
    return () => {
      back = back.filter((each) => each !== call);
    };
  },
  giveUpStuck: () => {
    for (const fail of stuck.splice(0)) fail();
  },
};
const load = (): Promise<string> => {
  loads += 1;
  if (answer === 'part') return Promise.resolve('the part');
  return new Promise((_, reject) =>
    answer === 'fails' ? reject(new Error('no')) : stuck.push(() => reject(new Error())),
  );
};
const networkIsBack = () => {
  online = true;
  for (const call of back) call();
};
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const here = { is: 'here', part: 'the part' };
let store: LazyStore<string>;
let told: string[];
const want = () => store.want(() => void told.push(store.state().is));

beforeEach(() => {
  vi.useFakeTimers();
  online = true;
  back = [];
  stuck = [];
  loads = 0;
  answer = 'part';
  told = [];
  store = lazyStore(load, world);
});
afterEach(() => vi.useRealTimers());

test('a part is fetched once, however many want it, and is there at once for the next', async () => {
  want();
  want();
  expect(store.state()).toEqual({ is: 'coming' });
  await passes(0);
  expect(store.state()).toEqual(here);
  want();
  expect(loads).toBe(1);
});

test('one that cannot be fetched is told as away, and comes by itself when the network is back', async () => {
  answer = 'fails';
  online = false;
  want();
  await passes(0);
  expect(told).toEqual(['coming', 'away']);
  await passes(60_000);
  expect(loads).toBe(1);
  answer = 'part';
  networkIsBack();
  await passes(0);
  expect(store.state()).toEqual(here);
  expect(back).toEqual([]);
});

test('while the server is away it is tried again by itself, less and less often', async () => {
  answer = 'fails';
  want();
  await passes(60_000);
  expect(loads).toBeGreaterThan(4);
  expect(loads).toBeLessThan(8);
  answer = 'part';
  await passes(15_000);
  expect(store.state()).toEqual(here);
});

test('a request that nothing answers is away after some seconds, and a new one is made when the network is back', async () => {
  answer = 'nothing';
  want();
  await passes(patienceMs - 1);
  expect(store.state()).toEqual({ is: 'coming' });
  online = false;
  await passes(1);
  expect(store.state()).toEqual({ is: 'away' });
  answer = 'part';
  networkIsBack();
  await passes(0);
  expect(loads).toBe(2);
  expect(store.state()).toEqual(here);
});

test('one that only takes long is away meanwhile, is not asked for anew at once, and counts when it comes', async () => {
  let come = (_: string) => {};
  let asked = 0;
  store = lazyStore(() => {
    asked += 1;
    return new Promise((resolve) => {
      come = resolve;
    });
  }, world);
  want();
  await passes(patienceMs + 3_000);
  expect(store.state()).toEqual({ is: 'away' });
  expect(asked).toBe(1);
  come('the part');
  await passes(0);
  expect(store.state()).toEqual(here);
});

test('it is tried again at a press, and by nobody once nobody wants it', async () => {
  answer = 'fails';
  const end = want();
  await passes(0);
  fetchMissing();
  expect(loads).toBe(2);
  await passes(0);
  end();
  fetchMissing();
  await passes(60_000);
  expect(loads).toBe(2);
  expect(back).toEqual([]);
});
