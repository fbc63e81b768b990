import { outcomesOf, readableConfig } from '#app/_canvas/card-model.ts';
import { type Scope, scopeOf } from '#nodes/core/cel/kinds.ts';
import { scopeAt } from '#nodes/core/compile/inspect.ts';
import { propose } from '#nodes/core/compile/propose.ts';
import type { AnyNodeDeclaration, InputSpec, NodeDefinitions } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { type ObjectType, type Type, t } from '#nodes/core/types.ts';
import { type InsertPlace, mayStand } from './place.ts';
import { throughOutcome, type WireEnd } from './targets.ts';

/** How well a node type fits somewhere. `inputs`: by their titles, those that it would still need; put before a node, those that it would give. */
export type Fit = { fits: boolean; inputs: string[] };
/** The node types that may be put somewhere, by type. */
export type Fitting = Record<string, Fit>;

/** Inputs that are read at the end of an iteration: they are never met by what came before. */
const readAtEnd: readonly string[] = ['result', 'next', 'again'];

/** Which node types may be put at a place, and for which what is in scope there meets all that they require, by name and by type. */
export function fittingTypes(graph: Graph, definitions: NodeDefinitions, place: InsertPlace): Fitting {
  const standing = [...definitions.values()].filter((declaration) => mayStand(declaration, place));
  const judge = judgeAt(graph, definitions, place);
  return Object.fromEntries(standing.map((declaration) => [declaration.type, judge(declaration)]));
}

function judgeAt(graph: Graph, definitions: NodeDefinitions, place: InsertPlace): (of: AnyNodeDeclaration) => Fit {
  switch (place.kind) {
    case 'free':
      return () => ({ fits: true, inputs: [] });
    case 'before':
      return givesTo(graph, definitions, place.to);
    case 'after':
    case 'between':
      return takesFrom(graph, definitions, place.wire);
    default: {
      const never: never = place;
      throw new Error(`Not a known place: ${JSON.stringify(never)}`);
    }
  }
}

/** What is in scope behind a wire is the same for every node: it is asked for one that stands there. */
function takesFrom(graph: Graph, definitions: NodeDefinitions, wire: WireEnd): (of: AnyNodeDeclaration) => Fit {
  const probe = probeOf(definitions);
  if (!probe) return () => ({ fits: true, inputs: [] });
  const scope = asScope(scopeAt(withProbe(graph, probe, wire), definitions, probe.id));
  return (declaration) => {
    const open = required(declaration.inputs(readableConfig(declaration, {})), declaration)
      .filter(([name, { type }]) => propose({ name, type }, scope, wire.from) === null)
      .map(([, { title }]) => title);
    return { fits: open.length === 0, inputs: open };
  };
}

/** Whether what a node gives meets something that the one behind it still needs. One that needs nothing is met by all. */
function givesTo(graph: Graph, definitions: NodeDefinitions, to: string): (of: AnyNodeDeclaration) => Fit {
  const node = graph.nodes.find(({ id }) => id === to);
  const target = definitions.get(node?.type ?? '');
  if (!node || !target) return () => ({ fits: true, inputs: [] });
  const ports = required(target.inputs(readableConfig(target, node.config, node.version)), target);
  const open = ports.filter(([name]) => !Object.hasOwn(node.inputs, name));
  return (declaration) => {
    const outcome = throughOutcome(outcomesOf(declaration, {})) ?? '';
    const output = declaration.outcomes(readableConfig(declaration, {}))[outcome] ?? t.object({});
    const scope = standingAlone(declaration.kind === 'trigger', output);
    const met = open.filter(([name, { type }]) => propose({ name, type }, scope, candidateId) !== null);
    return { fits: open.length === 0 || met.length > 0, inputs: met.map(([, { title }]) => title) };
  };
}

const candidateId = 'candidate';

/** A scope in which there is only what one node gives. */
function standingAlone(starts: boolean, output: Type): Scope {
  const run = t.object({ input: starts ? output : t.object({}) });
  return { ...asScope({ run, nodes: t.object(starts ? {} : { [candidateId]: output }) }) };
}

function required(inputs: Record<string, InputSpec>, { kind }: AnyNodeDeclaration): [string, InputSpec][] {
  const ends = kind === 'map' || kind === 'loop' || kind === 'agent' ? readAtEnd : [];
  return Object.entries(inputs).filter(([name, input]) => input.required && !ends.includes(name));
}

/** Any node that has an input: what stands before it does not depend on what it is. */
function probeOf(definitions: NodeDefinitions): GraphNode | null {
  const declaration = [...definitions.values()].find(({ kind }) => kind === 'task');
  if (!declaration) return null;
  return {
    id: 'probe_of_picker',
    type: declaration.type,
    version: declaration.version,
    config: {},
    inputs: {},
    position: { x: 0, y: 0 },
  };
}

function withProbe(graph: Graph, probe: GraphNode, wire: WireEnd): Graph {
  const edge = { id: 'probe_of_picker', ...wire, to: probe.id };
  return { ...graph, nodes: [...graph.nodes, probe], edges: [...graph.edges, edge] };
}

/** Listed variables as the proposer reads them: `nodes` is looked into by name. */
function asScope(variables: Record<string, Type>): Scope {
  const nodes = variables.nodes as ObjectType | undefined;
  const plain = scopeOf(variables);
  if (nodes?.type !== 'object') return plain;
  const inside: Scope = {
    type: 'scope',
    names: () => Object.keys(nodes.properties),
    get: (name) => {
      const type = Object.hasOwn(nodes.properties, name) ? nodes.properties[name] : undefined;
      return type ? { type, required: nodes.required.includes(name) } : null;
    },
  };
  return {
    ...plain,
    get: (name) => (name === 'nodes' ? { type: inside, required: true } : plain.get(name)),
  };
}
