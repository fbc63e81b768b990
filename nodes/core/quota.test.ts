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

test('a step whose batch cannot be looked at says why, and the operator is asked where it needs a person', () => {
  const program = programOf({ go: 'start', x: 'task' }, ['go.fired > x']);
  const wake = { kind: 'in', ms: 900_000 } as const;
  const trouble = { code: 'MODEL_REJECTED', message: 'own refused the key', sinceMs: 7, asked: 0 } as const;
  const event = { kind: 'batch', of: 'gpt at own', wake, trouble } as const;
  const waiting = { kind: 'batch', of: 'gpt at own', untilMs: 900_000, trouble };
  expect(decide(program, { state: 'x', path: '' }, event)).toMatchObject({ waiting, task: null });
  const asked = decide(program, { state: 'x', path: '' }, { ...event, asks: true });
  expect(asked).toMatchObject({ waiting, task: { kind: 'batch', of: 'gpt at own', trouble } });
});

test('a step whose kind of work has no place left waits for one, and looks itself at last', () => {
  const program = programOf({ go: 'start', x: 'task' }, ['go.fired > x']);
  const wake = { kind: 'in', ms: 300_000 } as const;
  expect(decide(program, { state: 'x', path: '' }, { kind: 'place', of: 'batch', places: 2, wake })).toMatchObject({
    stepStatus: 'waiting',
    failure: null,
    wake,
    waiting: { kind: 'place', of: 'batch', places: 2, untilMs: 300_000 },
  });
});
