import { expect, it } from 'vitest';
import { checkExpression } from '#nodes/core/expressions.ts';
import { t } from '#nodes/core/types.ts';
import { correctionOf } from './correction.ts';

const scope = { run: t.object({ input: t.object({ email: t.string(), days: t.integer() }) }) };
function corrected(text: string) {
  const checked = checkExpression(text, scope);
  return checked.ok ? null : (correctionOf(text, checked)?.text ?? null);
}

it('writes the name that was meant, as the compiler words it', () => {
  expect(corrected('run.input.emial')).toBe('run.input.email');
  expect(corrected('run.inptu.email.size()')).toBe('run.input.email.size()');
  expect(corrected('rnu.input.days')).toBe('run.input.days');
  expect(corrected('1 + rond(run.input.days)')).toBe('1 + round(run.input.days)');
});

it('offers nothing where no name is meant', () => {
  expect(corrected('run.input.zzzzzzz')).toBeNull();
  expect(corrected('run.input.email + 1')).toBeNull();
  expect(correctionOf('x', { message: 'There is no "x" in y. Did you mean z?' })).toBeNull();
});
