import { evaluateBinding, type ScopeValues } from './bindings.ts';
import { NodeError, type NodeFailure } from './errors.ts';
import type { Json } from './json.ts';
import type { Body, State } from './program.ts';

/** What became of one item of a map. Of a failed one `value` is its failure, with the state that failed. */
export type ItemResult = { outcome: 'ok' | 'error'; value: Json };

/** What a map gives by its outcome `done`; `results` in the order of the items. */
export function mapOutput(results: readonly ItemResult[]): Json {
  const items = results.map(({ outcome, value }, index) =>
    outcome === 'ok' ? { index, outcome, value, error: null } : { index, outcome, value: null, error: value },
  );
  const succeeded = items.filter(({ outcome }) => outcome === 'ok').length;
  return { items, succeeded, failed: items.length - succeeded };
}

/**
 * How a map or loop fails by its items, or null where that many failures are tolerated. Where none is, it fails as its
 * item did. `failed` counts the last one.
 */
export function failureOfItems(
  { tolerates }: Pick<Body, 'tolerates'>,
  { failed, last }: { failed: number; last: Json },
): NodeFailure | null {
  if (tolerates === null || failed <= tolerates) return null;
  const failure = last as NodeFailure;
  if (tolerates === 0) return failure;
  return {
    code: 'ITEMS_FAILED',
    message: `${failed} items failed; ${tolerates} may. The last: ${failure.message}`,
    details: { failed, tolerates, last },
  };
}

/** What an iteration ends with, and of a loop whether there is to be another. Errors: EXPRESSION_FAILED. */
export function endOfIteration(body: Body, scope: ScopeValues): { result: Json; again: boolean } {
  const result = body.result ? evaluateBinding(body.result, scope) : null;
  if (!body.again) return { result, again: false };
  const again = evaluateBinding(body.again, scope);
  if (typeof again !== 'boolean')
    throw new NodeError(
      'EXPRESSION_FAILED',
      `"again" must be true or false; it is ${JSON.stringify(again)}. Compare it, for example with ==.`,
    );
  return { result, again };
}

/** What follows a pass of a loop, which was number `index` from 0: another one, or the end. */
export function afterPass(
  { maxItems }: Pick<Body, 'maxItems'>,
  { index, value, again }: { index: number; value: Json; again: boolean },
): { kind: 'next' } | { kind: 'end'; outcome: 'done' | 'limit'; output: Json } {
  const passes = index + 1;
  if (again && passes < maxItems) return { kind: 'next' };
  return { kind: 'end', outcome: again ? 'limit' : 'done', output: { value, passes } };
}

/** The outcome by which a step leaves that the operator skips with a value: that of success. */
export function skippedOutcome({ outcomeTypes, kind }: Pick<State, 'outcomeTypes' | 'kind'>): string {
  const names = Object.keys(outcomeTypes).filter((name) => name !== 'each' && name !== 'limit' && name !== 'timeout');
  const usual =
    kind === 'map' || kind === 'loop' || kind === 'agent' ? ['done'] : ['ok', 'done', 'approved', 'sent', 'pass'];
  return usual.find((name) => names.includes(name)) ?? names[0]!;
}
