import { describe, expect, it } from 'vitest';
import { shapeOf } from './graph-shape.ts';
import { noStatus } from './run-state.ts';
import { createStatusStore } from './status-store.ts';
import { testDefinitions, testGraph } from './testing/graph.ts';

const shape = shapeOf(testGraph('s:start a:do b:do s.fired>a a.ok>b'), testDefinitions);
const running = { ...noStatus, running: 1, firstStartedAt: 1 };

function storeWithFrames() {
  const frames: (() => void)[] = [];
  const store = createStatusStore((flush) => frames.push(flush));
  const paint = () => {
    while (frames.length > 0) frames.shift()?.();
  };
  return { store, frames, paint };
}

describe('the status store', () => {
  it('tells its listeners once per frame, however often it is told', () => {
    const { store, frames, paint } = storeWithFrames();
    let told = 0;
    store.watchCard('a', () => told++);
    for (let count = 0; count < 50; count++)
      store.show({ shape, nodes: { a: { ...running, costMicros: count } }, ended: false });
    expect(frames).toHaveLength(1);
    paint();
    expect(told).toBe(1);
    expect(store.card('a')).toMatchObject({ status: 'running', costMicros: 49 });
  });

  it('tells only the cards and edges that changed', () => {
    const { store, paint } = storeWithFrames();
    store.show({ shape, nodes: { a: running }, ended: false });
    paint();
    const told: string[] = [];
    for (const id of ['s', 'a', 'b']) store.watchCard(id, () => told.push(id));
    store.watchEdge('a.ok>b', () => told.push('a.ok>b'));
    const before = store.card('a');
    store.show({ shape, nodes: { a: { ...running }, b: running }, ended: false });
    paint();
    expect(told).toEqual(['b']);
    expect(store.card('a')).toBe(before);
  });

  it('shows cards first and edges one frame later, so that neither frame is long', () => {
    const { store, frames } = storeWithFrames();
    store.show({ shape, nodes: { s: { ...noStatus, done: 1, outcomes: { fired: 1 } }, a: running }, ended: false });
    frames.shift()?.();
    expect([store.card('a')?.status, store.edge('s.fired>a')]).toEqual(['running', 'idle']);
    frames.shift()?.();
    expect(store.edge('s.fired>a')).toBe('running');
  });

  it('shows nothing once nothing runs', () => {
    const { store, paint } = storeWithFrames();
    store.show({ shape, nodes: { a: running }, ended: false });
    paint();
    store.show(null);
    paint();
    expect(store.card('a')).toBeUndefined();
    expect(store.edge('s.fired>a')).toBe('idle');
  });

  it('lets go of listeners', () => {
    const { store, paint } = storeWithFrames();
    let told = 0;
    store.watchCard('a', () => told++)();
    store.show({ shape, nodes: { a: running }, ended: false });
    paint();
    expect(told).toBe(0);
  });
});
