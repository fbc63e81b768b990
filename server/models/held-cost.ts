import type { ModelRequest } from '#nodes/core/capabilities.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { type ExpectedCall, expectCall } from '#server/money/expect-call.ts';
import { type Reservation, release, reserve } from '#server/money/reserve.ts';
import { charges, findPrice, type Price } from './prices.ts';
import type { ModelProvider } from './provider.ts';

/** What is known of the cost of a call before it is made, and what budgets hold for it. */
export type Held = {
  price: Price | null;
  /** Null where it is free. */
  reserved: Reservation | null;
  expected: ExpectedCall | null;
};

/** Of what costs nothing. */
export const nothingHeld: Held = { price: null, reserved: null, expected: null };

type Asked = { provider: ModelProvider; model: string; request: ModelRequest };

/**
 * Makes a call for which budgets hold its worst case. What is held is settled where `call` records what it did cost, and
 * given back where it throws. Errors: BUDGET_EXCEEDED, MODEL_UNPRICED, and those of `call`.
 */
export async function withinBudget<T>(step: StepScope, asked: Asked, call: (held: Held) => Promise<T>): Promise<T> {
  const held = await hold(step, asked);
  try {
    return await call(held);
  } catch (error) {
    if (held.reserved) await release(step, held.reserved);
    throw error;
  }
}

async function hold(step: StepScope, { provider, model, request }: Asked): Promise<Held> {
  const price = await findPrice(step.db, provider.name, pricedAs(provider, model));
  if (price && !charges(price)) return { ...nothingHeld, price };
  const expected = price && (await expectCall(step, { request, price, rehearsal: provider.rehearsal }));
  return { price, expected, reserved: await reserve(step, { request, model, price }) };
}

/** By what a call is charged: by the model. The rehearsal answers for any, for free unless its operator gives it a price. */
export const pricedAs = (
  { rehearsal, defaultModel }: Pick<ModelProvider, 'rehearsal' | 'defaultModel'>,
  model: string,
): string[] => (rehearsal ? [model, defaultModel] : [model]);
