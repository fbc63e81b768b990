import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

const forever = (): Promise<never> => new Promise(() => undefined);

test('no more than the places are inside at once, and a failure frees its place', async () => {
  const gate = createGate(2);
  let inside = 0;
  let most = 0;
  const work = async (n: number): Promise<number> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    if (n === 1) throw new Error('one fails');
    return n;
  };
  const settled = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => gate.through(() => work(n))));
  expect(most).toBe(2);
  expect(settled.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    0,
    'failed',
    2,
    3,
    4,
  ]);
});

test('that is closed refuses those that wait and those that come, and keeps nobody inside', async () => {
  const gate = createGate(1);
  let finish = (): void => undefined;
  const inside = gate.through(
    () =>
      new Promise<string>((resolve) => {
        finish = () => resolve('done');
      }),
  );
  const waits = gate.through(forever);
  gate.close();
  await expect(waits).rejects.toMatchObject({ code: 'CANCELLED', happened: 'no' });
  await expect(gate.through(forever)).rejects.toMatchObject({ code: 'CANCELLED' });
  finish();
  expect(await inside).toBe('done');
});
