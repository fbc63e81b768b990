import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { pinsOf } from '#server/pins/pins-of.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { launch, type StartedRun, triggerOf } from '../start-run.ts';
import { pinPart } from './pin-part.ts';
import { type OneWanted, type Planned, prepareOne } from './plan-one.ts';

export type UntilWanted = {
  pipelineId: string;
  nodeId: string;
  trigger: string;
  input: Json;
  requestKey: string | null;
};

/**
 * Starts a test run of the draft that ends with a node: what leads there runs, nothing else. Errors: NOT_FOUND,
 * PIPELINE_DISABLED, COMPILE_FAILED, INPUT_INVALID naming the node or the field.
 */
export async function startUntil(scope: Scope, wanted: UntilWanted): Promise<StartedRun> {
  const { pipelineId, nodeId, trigger, input, requestKey } = wanted;
  const { pipeline } = await requirePipeline(scope, pipelineId);
  if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
  const { title, containers: _around, ...pinned } = await pinPart(scope, pipeline.draft, nodeId);
  const pins = await pinsOf(scope, pipelineId, pinned.program);
  return await launch(scope, {
    pipelineId,
    pinned,
    trigger,
    input,
    requestKey,
    pins,
    part: { kind: 'until', nodeId, title },
  });
}

/**
 * Starts a test run of one node of the draft: everything before it gives what it gave in another run, what is pinned, or
 * what the operator says, and does not run. Gates before a node that acts do: nothing passes them unasked. Errors: as
 * those of `startUntil`; CONFLICT where it is not known what a node before it gives.
 */
export async function startOne(scope: Scope, wanted: OneWanted & { requestKey: string | null }): Promise<StartedRun> {
  const { pipeline } = await requirePipeline(scope, wanted.pipelineId);
  if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
  const { plan, values, pinned: part } = await prepareOne(scope, wanted);
  if (plan.missing.length > 0)
    throw new AppError(
      'CONFLICT',
      `It is not known what ${plan.missing.map(({ nodeId }) => `"${nodeId}"`).join(', ')} gives. Run until the node first, or say what they give.`,
    );
  const { title, containers, ...pinned } = part;
  const { pipelineId, nodeId, requestKey } = wanted;
  const input = inputOf({ plan, values, pinned: part });
  const pins = standIns({ plan, values, containers });
  return await launch(scope, {
    pipelineId,
    pinned,
    trigger: plan.trigger,
    input,
    requestKey,
    pins,
    part: { kind: 'one', nodeId, title },
  });
}

/** A trigger gives what the run was started with. */
function inputOf({ plan, values, pinned }: Planned): Json {
  triggerOf(pinned.program, plan.trigger);
  return values.get(plan.trigger)?.output ?? {};
}

type StandIns = Pick<Planned, 'plan' | 'values'> & { containers: readonly string[] };

/** Maps and loops around the node go over the one item that is looked at. */
function standIns({ plan, values, containers }: StandIns): JsonObject {
  const pins: JsonObject = {};
  for (const id of [...plan.answered, ...plan.pinned]) {
    const value = values.get(id);
    if (!value || id === plan.trigger) continue;
    const { outcome, output, whence } = value;
    pins[id] = {
      ...(containers.includes(id) ? { items: [(output as { item: Json }).item] } : { outcome, output }),
      ...(whence ? { whence } : {}),
    };
  }
  return pins;
}
