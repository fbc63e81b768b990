import type { NodeFailure } from '#nodes/core/errors.ts';
import type { StepEvent } from '#nodes/core/step.ts';

/** Failures that are none: the call has not been made yet, or is under way. The step waits; that is no attempt. */
export const putOff = (failure: NodeFailure): StepEvent | null => batchOf(failure) ?? placeOf(failure);

/** Whether the step asks all of it anew when it goes on, and says then what led to its answer. */
export const asksAnew = ({ kind }: StepEvent): boolean => kind === 'quota' || kind === 'place' || kind === 'batch';

type Troubled = Pick<Extract<StepEvent, { kind: 'batch' }>, 'trouble' | 'asks'>;

/** Waiting for the answer of a batch is no attempt either. */
function batchOf({ code, retryAfterMs = 1, details }: NodeFailure): StepEvent | null {
  if (code !== 'MODEL_BATCHED') return null;
  const { batch = 'the model', ...trouble } = (details ?? {}) as { batch?: string } & Troubled;
  return { kind: 'batch', of: batch, wake: { kind: 'in', ms: retryAfterMs }, ...trouble };
}

/** It is called when a place is free; should nobody call it, it looks itself. */
const lookForPlaceMs = 5 * 60_000;

/** Waiting for a place of its kind of work is no attempt: nothing was asked. */
function placeOf({ code, details }: NodeFailure): StepEvent | null {
  if (code !== 'MODEL_BUSY') return null;
  const { place = 'model', places = 1 } = (details ?? {}) as { place?: string; places?: number };
  return { kind: 'place', of: place, places, wake: { kind: 'in', ms: lookForPlaceMs } };
}

/** Waiting for a quota is no attempt: nothing was asked, or the provider said when to come again. */
export function quotaOf({ code, retryAfterMs, details }: NodeFailure, again: boolean): StepEvent | null {
  const held = code === 'MODEL_QUOTA' || (code === 'MODEL_RATE_LIMITED' && again);
  if (!held || retryAfterMs === undefined) return null;
  const { quota = 'the model' } = (details ?? {}) as { quota?: string };
  return { kind: 'quota', of: quota, wake: { kind: 'in', ms: Math.max(1, retryAfterMs) } };
}
