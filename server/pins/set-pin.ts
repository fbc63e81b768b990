import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { readConfig } from '#nodes/core/node-versions.ts';
import { checkValue, type Type } from '#nodes/core/types.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import type { PinRow } from '#server/travel/types.ts';

type Wanted = { pipelineId: string; nodeId: string; outcome: string; output: Json };

/**
 * Pins what a node of the draft gives in test runs: it is not executed there, and production runs ignore it. Errors:
 * NOT_FOUND; INPUT_INVALID naming the outcome or the member of the output that does not fit.
 */
export async function setPin(scope: Scope, { pipelineId, nodeId, outcome, output }: Wanted): Promise<PinRow> {
  const { pipeline } = await requirePipeline(scope, pipelineId);
  const type = outcomeType(pipeline.draft as unknown as Graph, nodeId, outcome);
  const problem = type && checkValue(type, output);
  if (problem)
    throw new AppError(
      'INPUT_INVALID',
      `output${problem.path ? `.${problem.path}` : ''}: expected ${problem.expected}, got ${problem.got}.`,
    );
  const pin = { outcome, output: output as object, at: new Date(), setBy: scope.actor };
  await scope.db.pipeline.update({
    where: { id: pipelineId },
    data: {
      pins: {
        upsert: { where: { pipelineId_nodeId: { pipelineId, nodeId } }, create: { nodeId, ...pin }, update: pin },
      },
    },
  });
  return { nodeId, outcome, output, at: pin.at.getTime(), by: pin.setBy };
}

/** The type of what a node gives with an outcome, as far as its configuration tells. */
function outcomeType(draft: Graph, nodeId: string, outcome: string): Type | null {
  const node = draft.nodes.find(({ id }) => id === nodeId);
  const declaration = node && definitions.get(node.type);
  if (!node || !declaration)
    throw new AppError('INPUT_INVALID', `nodeId: the draft has no node "${nodeId}". Save it first.`);
  if (['trigger', 'map', 'loop', 'agent', 'join', 'output'].includes(declaration.kind))
    throw new AppError('INPUT_INVALID', `nodeId: a node of the type ${node.type} cannot be pinned.`);
  const config = readConfig(declaration, node);
  if (config === null) return null;
  const outcomes: Record<string, Type> = declaration.outcomes(config);
  const type = outcomes[outcome];
  if (!type)
    throw new AppError(
      'INPUT_INVALID',
      `outcome: "${nodeId}" has no outcome "${outcome}". It has: ${Object.keys(outcomes).join(', ')}.`,
    );
  return type;
}
