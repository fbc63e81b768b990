import type { CardEstimate } from '#app/_canvas/context.ts';
import { shapeOf } from '#app/_canvas/graph-shape.ts';
import type { NodeDefinitions } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { NodeEstimate } from '#server/money/types.ts';
import type { PipelineHistory } from '#server/pipelines/types.ts';

/** So many stand out as the slowest, each with at least this share of what all take together. */
const slowestCount = 3;
const slowestShare = 0.1;

/**
 * What each node is likely to cost and take, from the pipeline's own history; of a model node that never ran here, from its
 * prompt and its longest answer. A model without a price is unpriced, whatever its steps are said to have cost.
 */
export function estimatesOf(
  graph: Graph,
  definitions: NodeDefinitions,
  { nodes, models }: PipelineHistory,
): Map<string, CardEstimate> {
  const { scopes } = shapeOf(graph, definitions);
  const taking = graph.nodes.filter(({ disabled }) => !disabled);
  const slowest = slowestOf(taking.flatMap(({ id }) => (nodes[id] ? [{ id, ms: nodes[id].p50Ms }] : [])));
  return new Map(
    taking.map((node) => {
      const known = nodes[node.id];
      const each = (scopes.get(node.id) ?? null) !== null;
      const estimate: CardEstimate = known
        ? {
            ...costOf({ p50: known.p50Micros, p90: known.p90Micros }, models[node.id]),
            time: { p50: known.p50Ms, p90: known.p90Ms },
            samples: known.samples,
            each,
            slowest: slowest.has(node.id),
          }
        : {
            ...costOf(firstCost(node, definitions, models[node.id]), models[node.id]),
            time: null,
            samples: 0,
            each,
            slowest: false,
          };
      return [node.id, estimate];
    }),
  );
}

function costOf(cost: CardEstimate['cost'], model: NodeEstimate | undefined): Pick<CardEstimate, 'cost' | 'unpriced'> {
  return model?.unpriced ? { cost: null, unpriced: model.model } : { cost };
}

function firstCost(
  node: GraphNode,
  definitions: NodeDefinitions,
  model: NodeEstimate | undefined,
): CardEstimate['cost'] {
  if (model?.once) return { p50: model.once.p50Micros, p90: model.once.p90Micros };
  return spendsNothing(node, definitions) ? { p50: 0, p90: 0 } : null;
}

function spendsNothing({ type }: GraphNode, definitions: NodeDefinitions): boolean {
  const declaration = definitions.get(type);
  return declaration !== undefined && declaration.spends === null && declaration.kind !== 'call';
}

function slowestOf(times: { id: string; ms: number }[]): Set<string> {
  const all = times.reduce((sum, { ms }) => sum + ms, 0);
  return new Set(
    times
      .filter(({ ms }) => ms > 0 && ms >= all * slowestShare)
      .sort((a, b) => b.ms - a.ms)
      .slice(0, slowestCount)
      .map(({ id }) => id),
  );
}
