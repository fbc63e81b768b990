import { expect, it } from 'vitest';
import type { TaskRow } from '#server/inbox/types.ts';
import { neighbour } from './neighbour.ts';

const tasks = ['a', 'b', 'c'].map((id) => ({ id }) as TaskRow);

it('goes on with the next task, and stays within the list', () => {
  expect(neighbour(tasks, 'a', 1)).toBe('b');
  expect(neighbour(tasks, 'c', 1)).toBe('b');
  expect(neighbour(tasks, 'b', -1)).toBe('a');
  expect(neighbour(tasks, 'gone', 1)).toBe('a');
  expect(neighbour([{ id: 'a' } as TaskRow], 'a', 1)).toBeNull();
  expect(neighbour([], null, 1)).toBeNull();
});
