import type { Expr, Scope } from '../cel/kinds.ts';
import type { NodeDefinitions } from '../define-node.ts';
import type { Binding, Graph, GraphEdge } from '../graph.ts';
import { type Type, t } from '../types.ts';
import { ownInputs } from './bindings.ts';
import { type Flow, hasBody, isAtEnd } from './flow.ts';
import { guarantees as guaranteesOf } from './guarantees.ts';
import { propose } from './propose.ts';
import { readFlow } from './read.ts';
import { type Scopes, scopesOf } from './scope.ts';
import { type Structure, structure as structureOf } from './structure.ts';
import { type Views, viewsOf } from './view.ts';

function allEnabled(graph: Graph): Graph {
  return { ...graph, nodes: graph.nodes.map(({ disabled: _, ...node }) => node) };
}

type Inspection = { flow: Flow; structure: Structure; views: Views; scopes: Scopes };

/** What takes no part because of disabled nodes is looked at as if none were: one goes on editing it. */
function inspect(graph: Graph, definitions: NodeDefinitions, nodeId: string): Inspection {
  const { flow } = readFlow(graph, definitions);
  if (flow.absent.has(nodeId)) return inspect(allEnabled(graph), definitions, nodeId);
  const structure = structureOf(flow);
  const views = viewsOf(flow, structure, guaranteesOf(flow, structure));
  return { flow, structure, views, scopes: scopesOf(flow, structure, views) };
}

/**
 * The variables that the inputs of a node can read, with their types: what the inspector offers. Members that may be
 * absent are not required. For an unknown node: none.
 */
export function scopeAt(graph: Graph, definitions: NodeDefinitions, nodeId: string): Record<string, Type> {
  const { flow, scopes } = inspect(graph, definitions, nodeId);
  const n = flow.indexOf.get(nodeId);
  return n === undefined ? {} : listed(scopes.before(n));
}

/** The variables at the end of an iteration of a map or loop, which the inputs taken there can read. For other nodes: none. */
export function resultScopeAt(graph: Graph, definitions: NodeDefinitions, mapId: string): Record<string, Type> {
  const { flow, scopes } = inspect(graph, definitions, mapId);
  const n = flow.indexOf.get(mapId);
  return n === undefined || !hasBody(flow.nodes[n]!.declaration.kind) ? {} : listed(scopes.atEnd(n));
}

/** A field of a node that reads values: one of its inputs, or an expression in its configuration. */
export type ReadingField = { kind: 'input'; nodeId: string; input: string } | { kind: 'config'; nodeId: string };

/** What a field can read, and how its values are found in a run. */
export type FieldScope = {
  variables: Record<string, Type>;
  /** The nodes that a value of the field may come from: by which outcomes each may have left. */
  outcomes: Record<string, string[]>;
  /** Each For each and Repeat around the field, the outermost first. */
  around: string[];
};

/** All that a field can read. Expressions in a configuration read the inputs of their own node. For an unknown node: nothing. */
export function fieldScopeAt(graph: Graph, definitions: NodeDefinitions, field: ReadingField): FieldScope {
  const { flow, structure, views, scopes } = inspect(graph, definitions, field.nodeId);
  const n = flow.indexOf.get(field.nodeId);
  if (n === undefined) return { variables: {}, outcomes: {}, around: [] };
  const atEnd = field.kind === 'input' && isAtEnd(flow.nodes[n]!.declaration.kind, field.input);
  const [scope, view] = atEnd ? [scopes.atEnd(n), views.atEnd(n)] : [scopes.before(n), views.before(n)];
  const around: string[] = [];
  for (let map = view.scope; map !== null; map = structure.scope[map] ?? null) around.unshift(flow.nodes[map]!.node.id);
  const ids = (scope.get('nodes')!.type as Scope).names().filter((id) => !around.includes(id));
  return {
    variables: listed(field.kind === 'config' ? ownInputs({ flow, scopes }, n) : scope),
    outcomes: Object.fromEntries(ids.map((id) => [id, [...view.outcomes(flow.indexOf.get(id)!)]])),
    around,
  };
}

/**
 * What drawing an edge offers: bindings for the inputs of its target that have none, from what is in scope there by
 * then, by name and by type. The edge may be in the graph already.
 */
export function proposeBindings(
  graph: Graph,
  definitions: NodeDefinitions,
  edge: Pick<GraphEdge, 'from' | 'outcome' | 'to'>,
): Record<string, Binding> {
  const there = graph.edges.some((it) => it.from === edge.from && it.outcome === edge.outcome && it.to === edge.to);
  const drawn = there ? graph : { ...graph, edges: [...graph.edges, { ...edge, id: 'proposed' }] };
  const { flow, scopes } = inspect(drawn, definitions, edge.to);
  const n = flow.indexOf.get(edge.to);
  if (n === undefined) return {};
  const { node, inputs } = flow.nodes[n]!;
  const open = Object.entries(inputs).filter(([name, port]) => port.required && !Object.hasOwn(node.inputs, name));
  const found = open.flatMap(([name, { type }]): [string, Binding][] => {
    const expr = propose({ name, type }, scopes.before(n), edge.from);
    return expr === null ? [] : [[name, { kind: 'expr', expr }]];
  });
  return Object.fromEntries(found);
}

function listed(scope: Scope): Record<string, Type> {
  return Object.fromEntries(scope.names().map((name) => [name, asType(scope.get(name)!.type)]));
}

function asType(expr: Expr): Type {
  if (expr.type !== 'scope') return expr as Type;
  const members = expr.names().map((name) => {
    const { type, required } = expr.get(name)!;
    return { name, type: asType(type), required };
  });
  return t.object(
    Object.fromEntries(members.map(({ name, type }) => [name, type])),
    members.filter(({ required }) => required).map(({ name }) => name),
  );
}
