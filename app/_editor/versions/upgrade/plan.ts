import { outcomesOf, readableConfig } from '#app/_canvas/card-model.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { AnyNodeDeclaration, NodeDefinitions } from '#nodes/core/define-node.ts';
import { type FieldChange, fieldChanges } from '#nodes/core/diff/fields.ts';
import type { Binding, Graph, GraphEdge, GraphNode } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { configByVersion, readConfig } from '#nodes/core/node-versions.ts';
import type { NodeMigration } from '../../document/command.ts';

/** What bringing one node to the present version of its type would change. */
export type Upgrade = {
  node: GraphNode;
  declaration: AnyNodeDeclaration;
  config: JsonObject;
  /** What becomes of the configuration, one version at a time. */
  steps: { to: number; fields: FieldChange[] }[];
  /** The configuration does not fit the present version: the compiler will say where. */
  misfit: boolean;
  /** Bindings and edges that the present version has no place for. They stay unless the operator says otherwise. */
  lostInputs: { input: string; binding: Binding }[];
  lostEdges: GraphEdge[];
  /** Outcomes that there are: where a lost edge can go on from. */
  outcomes: string[];
};

/** What the operator decides about what has no place any more. By default everything stays. */
export type Choices = {
  /** By edge id: the outcome to leave by; null removes the edge; absent: it stays as it is. */
  edges: Readonly<Record<string, string | null>>;
  /** Inputs of nodes, as `node.input`, whose binding is removed. */
  removed: ReadonlySet<string>;
};

/** Whether a node is written for an older version of its type than there is. */
export function isOld(node: GraphNode, definitions: NodeDefinitions): boolean {
  return node.version < (definitions.get(node.type)?.version ?? 0);
}

/** What updating these nodes would change; those that are current or unknown are left out. */
export function planUpgrades(graph: Graph, nodeIds: readonly string[], definitions: NodeDefinitions): Upgrade[] {
  return graph.nodes
    .filter((node) => nodeIds.includes(node.id) && isOld(node, definitions))
    .map((node) => planUpgrade(graph, node, definitions.get(node.type) as AnyNodeDeclaration));
}

/** The updates as one undoable edit, with what was decided about what has no place. */
export function migrationsOf(upgrades: readonly Upgrade[], choices: Choices): NodeMigration[] {
  return upgrades.map(({ node, declaration, config, lostEdges, lostInputs }) => ({
    nodeId: node.id,
    version: declaration.version,
    config,
    removeInputs: lostInputs.map(({ input }) => input).filter((input) => choices.removed.has(`${node.id}.${input}`)),
    edges: Object.fromEntries(
      lostEdges
        .filter(({ id }) => choices.edges[id] !== undefined)
        .map(({ id }): [string, string | null] => [id, choices.edges[id] ?? null]),
    ),
  }));
}

function planUpgrade(graph: Graph, node: GraphNode, declaration: AnyNodeDeclaration): Upgrade {
  const written = configByVersion(declaration, node);
  const config = written.at(-1)?.config ?? node.config;
  const steps = written.slice(1).map(({ version, config: after }, index) => ({
    to: version,
    fields: fieldChanges('config', written[index]?.config, after),
  }));
  const outcomes = outcomesOf(declaration, config);
  const inputs = declaration.inputs(readableConfig(declaration, config));
  return {
    node,
    declaration,
    config,
    steps,
    misfit: readConfig(declaration, { version: declaration.version, config }) === null,
    lostInputs: Object.entries(node.inputs)
      .filter(([input]) => !Object.hasOwn(inputs, input))
      .map(([input, binding]) => ({ input, binding })),
    lostEdges: graph.edges.filter(
      ({ from, outcome }) => from === node.id && outcome !== undoHandle && !outcomes.includes(outcome),
    ),
    outcomes,
  };
}
