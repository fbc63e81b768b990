import { expect, test } from 'vitest';
import { decide } from './step.ts';
import { programOf } from './testing/simulated.ts';

test('a step that a quota holds back waits until then, and says for what', () => {
  const program = programOf({ go: 'start', x: 'task' }, ['go.fired > x']);
  const wake = { kind: 'in', ms: 4_000 } as const;
  expect(decide(program, { state: 'x', path: '' }, { kind: 'quota', of: 'gpt at own', wake })).toMatchObject({
    stepStatus: 'waiting',
    failure: null,
    wake,
    waiting: { kind: 'quota', of: 'gpt at own', untilMs: 4_000 },
  });
});

test('a step whose call travels with a batch waits for that, and looks itself at last', () => {
  const program = programOf({ go: 'start', x: 'task' }, ['go.fired > x']);
  const wake = { kind: 'in', ms: 900_000 } as const;
  expect(decide(program, { state: 'x', path: '' }, { kind: 'batch', of: 'gpt at own', wake })).toMatchObject({
    stepStatus: 'waiting',
    failure: null,
    wake,
    waiting: { kind: 'batch', of: 'gpt at own' },
  });
});
