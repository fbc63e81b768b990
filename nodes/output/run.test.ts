import { expect, test } from 'vitest';
import { describeType } from '#nodes/core/types.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const config = {
  fields: [
    { name: 'sent', type: 'integer' },
    { name: 'skipped', type: 'list' },
  ],
};

test('the run gets the declared values and no others', async () => {
  const { result } = await tryCase(
    { declaration, run },
    { title: '', config, inputs: { skipped: ['ALFKI'], sent: 2 }, ends: { outcome: 'done' } },
  );
  expect(result).toMatchObject({ output: { sent: 2, skipped: ['ALFKI'] } });
});

test('the result is typed by the values', () => {
  const { done } = declaration.outcomes(declaration.config.parse(config));
  expect(done && describeType(done)).toBe('object {sent, skipped}');
});

test('two values of the same name are a problem to be mended', () => {
  const twice = declaration.config.parse({ fields: [{ name: 'a' }, { name: 'a' }] });
  expect(declaration.check?.(twice)).toMatchObject([{ field: 'fields[1].name' }]);
});
