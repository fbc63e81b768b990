import { expect, it } from 'vitest';
import type { StateAt } from '#server/travel/types.ts';
import { checkpointText, nodesAt } from './state-at-nodes.ts';

const state: StateAt = {
  seq: 9,
  nodes: { leads: { waiting: 1 }, draft: { done: 2 }, send: {} },
  steps: [
    { state: 'draft', path: 'leads:0', status: 'done', outcome: 'ok' },
    { state: 'draft', path: 'leads:1', status: 'done', outcome: 'ok' },
  ],
  frontier: [{ state: 'send', path: 'leads:1' }],
  maps: [{ state: 'leads', path: '', total: 3, finished: 1, failed: 0 }],
  ended: null,
};

it('shows where each node stood, by which outcome it was left, and what was about to begin', () => {
  const nodes = nodesAt(state);
  expect(nodes.draft).toMatchObject({ done: 2, outcomes: { ok: 2 }, lastPath: 'leads:1' });
  expect(nodes.send).toMatchObject({ ready: 1, lastPath: 'leads:1' });
  expect(nodes.leads).toMatchObject({ waiting: 1, map: { total: 3, finished: 1, failed: 0 } });
});

it('knows the items of a loop that is over by the steps that belong to it', () => {
  const over = nodesAt({ ...state, nodes: { leads: { done: 1 } }, frontier: [], maps: [], ended: 'completed' });
  expect(over.leads?.map).toEqual({ total: 2, finished: 2, failed: 0 });
});

it('names a checkpoint by what had just ended', () => {
  const row = { seq: 3, at: 0, state: 'draft', path: '', status: 'done', outcome: 'ok', inherited: false } as const;
  expect(checkpointText({ ...row, kind: 'start' }, (id) => id)).toBe('the start');
  expect(checkpointText({ ...row, kind: 'step' }, () => 'Draft outreach')).toBe('Draft outreach');
});
