import type { JsonObject } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { checkValue } from '#nodes/core/types.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { PinRow } from '#server/travel/types.ts';
import { listPins } from './list-pins.ts';

/**
 * The pins of a pipeline as a test run of this program takes them along; null where there are none. Pins of nodes that
 * are gone are left out. Errors: INPUT_INVALID where a pin does not fit its node any more.
 */
export async function pinsOf(scope: Scope, pipelineId: string, program: Program): Promise<JsonObject | null> {
  const pins = (await listPins(scope, pipelineId)).filter(({ nodeId }) => program.states[nodeId]);
  for (const { nodeId, outcome, output } of pins) {
    const type = program.states[nodeId]?.outcomeTypes[outcome];
    const problem = type ? checkValue(type, output) : { path: '', expected: 'an outcome it has', got: outcome };
    if (problem)
      throw new AppError(
        'INPUT_INVALID',
        `The pin of "${nodeId}" does not fit it any more${problem.path ? ` at ${problem.path}` : ''}: expected ${problem.expected}, got ${problem.got}. Pin it again or remove the pin.`,
      );
  }
  if (pins.length === 0) return null;
  return Object.fromEntries(
    pins.map(({ nodeId, outcome, output, ...pin }) => [nodeId, { outcome, output, ...whencePinned(pin) }]),
  );
}

/** Who pinned it and when, as a run takes it along; nothing where that is not known. */
export function whencePinned({ by, at }: Pick<PinRow, 'by' | 'at'>): { whence?: { by: string; at: number } } {
  return by === null ? {} : { whence: { by, at } };
}
