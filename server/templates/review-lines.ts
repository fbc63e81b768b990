import type { AnyNodeDeclaration, Effect } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { readConfig } from '#nodes/core/node-versions.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { ReviewLine } from './types.ts';

type Lines = { reads: ReviewLine[]; writes: ReviewLine[]; sends: ReviewLine[] };

/** What the nodes of a graph would read, write and send to others, as they declare it for their configuration. */
export function reviewLines(graph: Graph): Lines {
  const lines: Lines = { reads: [], writes: [], sends: [] };
  for (const node of graph.nodes) {
    const declaration = definitions.get(node.type);
    const config = declaration ? readConfig(declaration, node) : null;
    if (!declaration || config === null) continue;
    const place = placeOf(declaration, config);
    if (place) lines[place].push(lineOf(node, declaration, config));
  }
  return lines;
}

function placeOf(declaration: AnyNodeDeclaration, config: unknown): keyof Lines | null {
  const effect: Effect = typeof declaration.effect === 'function' ? declaration.effect(config) : declaration.effect;
  const leavesTheHouse = declaration.capabilities.some((name) => name === 'mail' || name === 'http');
  switch (effect) {
    case 'pure':
      return null;
    case 'read':
      return 'reads';
    case 'idempotent-write':
    case 'unsafe-write':
      return leavesTheHouse ? 'sends' : 'writes';
  }
}

function lineOf(node: GraphNode, declaration: AnyNodeDeclaration, config: unknown): ReviewLine {
  return {
    nodeId: node.id,
    title: node.title || declaration.title,
    type: node.type,
    text: `${declaration.title}: ${declaration.summary(config)}`,
  };
}
