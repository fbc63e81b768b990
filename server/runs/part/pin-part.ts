import { sliceUntil } from '#nodes/core/partial/slice.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { readGraph } from '#server/pipelines/compile-graph.ts';
import { type Pinned, pinDraft } from '../pin-program.ts';

/**
 * The program of what leads to a node of the draft, and the draft that it is a part of: the run shows that whole. Errors:
 * INPUT_INVALID naming the node, COMPILE_FAILED with diagnostics.
 */
export async function pinPart(
  scope: Scope,
  draft: unknown,
  nodeId: string,
): Promise<Pinned & { containers: string[]; title: string }> {
  const graph = readGraph(draft);
  const node = graph.nodes.find(({ id }) => id === nodeId);
  const declaration = node && definitions.get(node.type);
  const slice = sliceUntil(graph, definitions, nodeId);
  if (!node || !declaration || !slice)
    throw new AppError('INPUT_INVALID', `nodeId: the draft has no node "${nodeId}" that could run. Save it first.`);
  const title = node.title || declaration.title;
  if (node.disabled) throw new AppError('INPUT_INVALID', `nodeId: "${title}" is disabled. Enable it, then run it.`);
  if (declaration.kind === 'trigger')
    throw new AppError('INPUT_INVALID', `nodeId: "${title}" starts runs. Choose a node behind it.`);
  const pinned = await pinDraft(scope, slice.graph);
  if (!pinned.program.states[nodeId])
    throw new AppError(
      'INPUT_INVALID',
      `nodeId: "${title}" never runs by itself: it only takes back what another did.`,
    );
  return { ...pinned, graph, containers: slice.containers, title };
}
