import { describe, expect, test } from 'vitest';
import type { Graph } from '#nodes/core/graph.ts';
import type { State } from '#nodes/core/program.ts';
import { arc, sketch } from '#server/testing/programs.ts';
import type { ActedStep } from './effect-rows.ts';
import { planItem } from './plan-item.ts';

const graph = {
  nodes: [
    { id: 'send', type: 'email.send', title: 'Greet' },
    { id: 'cancel', type: 'http.request', title: 'Cancel the order' },
  ],
} as unknown as Graph;
const program = (state: Partial<State>) => {
  const made = sketch({ send: { arcs: { sent: arc([]) } } }, {});
  Object.assign(made.states.send as State, { type: 'email.send', ...state });
  return made;
};
const mail = {
  kind: 'email',
  status: 'done',
  intent: { to: 'ann@example.test' },
  receipt: { delivery: 'smtp' },
} as const;
const step = (more: Partial<ActedStep> = {}): ActedStep => ({
  stepId: '1',
  runId: '1',
  programId: '1',
  graphId: '1',
  state: 'send',
  path: '',
  status: 'done',
  outcome: 'sent',
  spentMicros: 0,
  pruned: false,
  effects: [mail],
  ...more,
});

describe('what an undo does about a step', () => {
  test('a mail that has left is named, and a correction is offered', () => {
    expect(planItem(step(), program({}), graph)).toEqual({
      title: 'Greet: Offer a correction mail',
      can: 'offers',
      why: 'The mail to ann@example.test cannot be taken back.',
    });
  });

  test('what was drawn goes before what is declared', () => {
    expect(planItem(step(), program({ undo: 'cancel' }), graph)).toEqual({
      title: 'Greet: Cancel the order',
      can: 'reverts',
      why: '',
    });
  });

  test.each([
    ['it is not known whether it happened', step({ effects: [{ ...mail, status: 'unknown' }] }), /not known whether/],
    ['it did not end', step({ status: 'cancelled', outcome: null }), /stopped or failed after it had acted/],
    ['its values are not kept', step({ pruned: true }), /not kept any more/],
  ])('nothing is taken back by itself where %s', (_, acted, why) => {
    expect(planItem(acted, program({}), graph)).toMatchObject({ can: 'cannot', why: expect.stringMatching(why) });
  });

  test('a node type that declares nothing cannot be undone, and says what it did', () => {
    const acted = step({
      effects: [{ kind: 'http', status: 'done', intent: { method: 'POST', url: 'https://x.test/a' }, receipt: {} }],
    });
    expect(planItem(acted, program({ type: 'http.request', config: { method: 'POST' } }), graph)).toMatchObject({
      can: 'cannot',
      why: 'POST https://x.test/a cannot be undone.',
    });
  });
});
