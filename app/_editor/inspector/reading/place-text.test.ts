import { expect, it } from 'vitest';
import { placeText } from './place-text.ts';

it('counts lines and columns from 1, as people do', () => {
  expect(placeText({ kind: 'expr', expr: 'run.input' }, 4)).toBe('Column 5');
  expect(placeText({ kind: 'template', template: 'Dear\n{{ x }}' }, 8)).toBe('Line 2, column 4');
});
