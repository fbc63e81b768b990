import { expect, it } from 'vitest';
import { createPins, type PinsApi } from './pins.ts';

function pinsWith(change: Partial<PinsApi> = {}) {
  return createPins({
    list: async () => [{ nodeId: 'draft', outcome: 'ok', output: 1, at: 0, by: null }],
    set: async (pin) => ({ ...pin, at: 0, by: null }),
    remove: async () => {},
    ...change,
  });
}

it('marks what is pinned, until it is taken away', async () => {
  const pins = pinsWith();
  await pins.load();
  await pins.pin('send', { outcome: 'sent', output: {} });
  expect([pins.has('draft'), pins.marks.get('send')]).toEqual([true, 'sent']);
  await pins.unpin('draft');
  expect([pins.has('draft'), pins.marks.get('draft')]).toEqual([false, undefined]);
});

it('marks nothing that the server did not keep', async () => {
  const pins = pinsWith({ set: () => Promise.reject(new Error('It does not fit.')) });
  await expect(pins.pin('send', { outcome: 'sent', output: {} })).rejects.toThrow('It does not fit.');
  expect(pins.has('send')).toBe(false);
});
