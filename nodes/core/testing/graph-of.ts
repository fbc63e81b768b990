import type { Binding, GraphInput } from '../graph.ts';
import type { JsonObject } from '../json.ts';

type Node = { type: string; config?: JsonObject; inputs?: Record<string, Binding>; version?: number };

/** A graph from nodes by id and edges written as `from.outcome > to`. */
export function graphOf(nodes: Record<string, Node | string>, edges: string[] = []): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name: 'For a test',
    nodes: Object.entries(nodes).map(([id, node]) => ({
      id,
      version: 1,
      ...(typeof node === 'string' ? { type: node } : node),
    })),
    edges: edges.map((text) => {
      const [from = '', outcome = '', to = ''] = text.split(/\.| > /);
      return { id: text.replaceAll(' ', ''), from, outcome, to };
    }),
  };
}

/** A binding to an expression. */
export function expr(text: string): Binding {
  return { kind: 'expr', expr: text };
}
