import { z } from 'zod';
import { type AnyNodeDeclaration, defineNode, type NodeDefinitions, type NodeKind } from '#nodes/core/define-node.ts';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';

const none = z.strictObject({});

/** A node type for tests: no configuration, outcomes without output. */
export function testNode(type: string, kind: NodeKind, outcomes: string[]): AnyNodeDeclaration {
  return defineNode({
    type,
    version: 1,
    title: type,
    description: '',
    category: kind === 'trigger' ? 'trigger' : 'action',
    icon: 'box',
    kind,
    config: none,
    inputs: () => ({}),
    outcomes: () => Object.fromEntries(outcomes.map((outcome) => [outcome, { type: 'any' as const }])),
    summary: () => type,
    effect: 'pure',
    reversible: true,
    risk: 0,
    trust: 'trusted',
    capabilities: [],
    spends: null,
    retry: null,
    timeoutMs: 1_000,
    errors: [],
    example: { config: {}, inputs: {} },
  });
}

export const testDefinitions: NodeDefinitions = new Map(
  [
    testNode('start', 'trigger', ['fired']),
    testNode('do', 'task', ['ok']),
    testNode('if', 'branch', ['true', 'false']),
    testNode('loop', 'map', ['each', 'done']),
    testNode('end', 'output', []),
  ].map((declaration) => [declaration.type, declaration]),
);

/** A graph from a short text: nodes as `id:type`, edges as `from.outcome>to`, separated by blanks. */
export function testGraph(text: string): Graph {
  const words = text.split(/\s+/);
  const nodes = words.filter((word) => word.includes(':')).map((word) => word.split(':') as [string, string]);
  const edges = words
    .filter((word) => word.includes('>'))
    .map((word) => word.split(/[.>]/) as [string, string, string]);
  return graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'Test',
    nodes: nodes.map(([id, type]) => ({ id, type, version: 1 })),
    edges: edges.map(([from, outcome, to]) => ({ id: `${from}.${outcome}>${to}`, from, outcome, to })),
  });
}
