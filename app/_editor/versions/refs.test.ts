import { expect, test } from 'vitest';
import { historyAddress, readRef, readShown, type Shown, writeRef } from './refs.ts';

const ids = { projectId: 'p', pipelineId: 'q' };
const save = '01920000-0000-7000-8000-000000000000';

test.each(['draft', 'v1', 'v123', `save-${save}`, 'run-42'])(
  '%s names a state and is written as it was read',
  (text) => {
    const ref = readRef(text);
    expect(ref && writeRef(ref)).toBe(text);
  },
);

test.each([null, '', 'v0', 'v', 'version', 'save-', 'save-<b>', 'run-../x', 'v1234567890'])('%s names none', (text) => {
  expect(readRef(text)).toBeNull();
});

test('an address says what is shown, and is read back', () => {
  const shown: Shown[] = [
    { kind: 'list' },
    { kind: 'one', at: { kind: 'version', number: 3 } },
    { kind: 'two', from: { kind: 'save', id: save }, to: { kind: 'draft' } },
  ];
  for (const each of shown) {
    const address = historyAddress(ids, each);
    expect(readShown(new URLSearchParams(address.split('?')[1] ?? ''))).toEqual(each);
  }
  expect(readShown(new URLSearchParams('from=v1'))).toEqual({ kind: 'list' });
});
