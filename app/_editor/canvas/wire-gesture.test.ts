import { describe, expect, it } from 'vitest';
import { type GraphInput, graphSchema } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../document/store.ts';
import type { EditorSession } from '../session/session.ts';
import { createWireGesture } from './wire-gesture.ts';

const node = (id: string, type: string) => ({ id, type, version: 1 });
const graph: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'In the hand',
  nodes: [
    node('start', 'trigger.manual'),
    node('recall', 'memory.recall'),
    node('branch', 'flow.branch'),
    node('wait', 'flow.wait'),
  ],
  edges: [
    { id: 'first', from: 'start', outcome: 'fired', to: 'recall' },
    { id: 'second', from: 'recall', outcome: 'ok', to: 'branch' },
  ],
};

function gestureOn() {
  const document = createDocumentStore(graphSchema.parse(graph));
  return createWireGesture({ document } as EditorSession);
}

describe('a wire in the hand', () => {
  it('may join what does not come before, and says why not', () => {
    const gesture = gestureOn();
    gesture.begin({ fixed: { kind: 'source', from: 'branch', outcome: 'true' }, edgeId: null, by: 'drag' });
    expect([...gesture.fitting()]).toEqual(['wait']);
    const ends = gesture.endsAt('recall', null);
    expect(ends && gesture.refusal(ends)).toContain('round in a circle');
  });

  it('drawn backwards begins at the outcome that it was let go over, on a card at the first that is free', () => {
    const gesture = gestureOn();
    gesture.begin({ fixed: { kind: 'target', to: 'wait' }, edgeId: null, by: 'drag' });
    expect(gesture.endsAt('branch', 'false')).toEqual({ from: 'branch', outcome: 'false', to: 'wait' });
    expect(gesture.endsAt('branch', null)).toEqual({ from: 'branch', outcome: 'true', to: 'wait' });
  });

  it('that is led elsewhere does not stand in its own way', () => {
    const gesture = gestureOn();
    gesture.take('second');
    gesture.begin({ fixed: { kind: 'source', from: 'recall', outcome: 'ok' }, edgeId: null, by: 'drag' });
    expect(gesture.taken()).toBe('second');
    expect(gesture.fitting().has('branch')).toBe(true);
  });

  it('is gone when it is given up', () => {
    const gesture = gestureOn();
    gesture.begin({ fixed: { kind: 'target', to: 'wait' }, edgeId: null, by: 'tap' });
    gesture.end();
    expect(gesture.endsAt('branch', null)).toBeNull();
    expect([...gesture.fitting()]).toEqual([]);
    gesture.begin({ fixed: { kind: 'target', to: 'wait' }, edgeId: null, by: 'tap' });
    expect(gesture.taken()).toBeNull();
  });
});
