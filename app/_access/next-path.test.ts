import { expect, it } from 'vitest';
import { safeNext } from './next-path.ts';

it.each([
  ['/p/1/inbox?task=2', '/p/1/inbox?task=2'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/a\nb', '/'],
])('after signing in, %j leads to %s', (asked, path) => {
  expect(safeNext(asked)).toBe(path);
});
