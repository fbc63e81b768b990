import { expect, test } from 'vitest';
import { createGroup } from './group.ts';

/** A flush that ends when the test says so. */
function byHand() {
  const groups: { items: number[]; end: (answers?: number[]) => void; fail: (error: Error) => void }[] = [];
  const flush = (items: number[]): Promise<number[]> =>
    new Promise((resolve, reject) =>
      groups.push({ items, end: (answers = items.map((item) => item * 10)) => resolve(answers), fail: reject }),
    );
  return { groups, flush };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is ready in the same turn travels together, without waiting for a clock', async () => {
  const { groups, flush } = byHand();
  const group = createGroup({ flush, most: 10, lanes: 1 });
  const answers = Promise.all([group.add(1), group.add(2), group.add(3)]);
  await turn();
  expect(groups.map(({ items }) => items)).toEqual([[1, 2, 3]]);
  groups[0]?.end();
  expect(await answers).toEqual([10, 20, 30]);
});

test('what arrives while all lanes are taken gathers, up to the most that one group holds', async () => {
  const { groups, flush } = byHand();
  const group = createGroup({ flush, most: 2, lanes: 1 });
  const first = group.add(1);
  await turn();
  const later = Promise.all([group.add(2), group.add(3), group.add(4)]);
  await turn();
  expect(groups).toHaveLength(1);
  groups[0]?.end();
  await first;
  await turn();
  expect(groups[1]?.items).toEqual([2, 3]);
  groups[1]?.end();
  await turn();
  groups[2]?.end();
  expect(await later).toEqual([20, 30, 40]);
});

test('an item that cannot be handled does not hold up those that travel with it', async () => {
  const flush = async (items: number[]): Promise<number[]> => {
    if (items.includes(2)) throw new Error('two is refused');
    return items;
  };
  const group = createGroup({ flush, most: 10, lanes: 1, divide: () => true });
  const settled = await Promise.allSettled([group.add(1), group.add(2), group.add(3)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('where parts cannot succeed, all of a group fail alike', async () => {
  const { groups, flush } = byHand();
  const group = createGroup({ flush, most: 10, lanes: 1 });
  const settled = Promise.allSettled([group.add(1), group.add(2)]);
  await turn();
  groups[0]?.fail(new Error('gone'));
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('it says when nothing is waiting or under way', async () => {
  const { groups, flush } = byHand();
  const group = createGroup({ flush, most: 10, lanes: 2 });
  await group.idle();
  const answer = group.add(1);
  await turn();
  const idle = group.idle();
  groups[0]?.end();
  await Promise.all([answer, idle]);
});
