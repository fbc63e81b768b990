import { expect, test } from 'vitest';
import { createTidy } from './tidy.ts';

test('a worker that has come to rest gives its memory back, once', () => {
  let collected = 0;
  const tidy = createTidy(() => {
    collected += 1;
  });
  tidy.tick({ busy: false, done: 0 });
  tidy.tick({ busy: true, done: 10 });
  tidy.tick({ busy: false, done: 20 });
  expect(collected).toBe(0);
  tidy.tick({ busy: false, done: 20 });
  tidy.tick({ busy: false, done: 20 });
  expect(collected).toBe(1);
  tidy.tick({ busy: false, done: 21 });
  tidy.tick({ busy: false, done: 21 });
  expect(collected).toBe(2);
});
