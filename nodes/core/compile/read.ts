import type { NodeDefinitions } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph } from '../graph.ts';
import type { CompileCache } from './cache.ts';
import { connect } from './connect.ts';
import { buildFlow, type Flow } from './flow.ts';
import { passOver } from './pass-over.ts';
import { resolve } from './resolve.ts';

/** The part of a graph that takes part in runs; `complete`: all of it could be read. */
export type ReadFlow = { flow: Flow; complete: boolean; diagnostics: Diagnostic[] };

/** From a document to its flow: node types, disabled nodes, edges. */
export function readFlow(graph: Graph, definitions: NodeDefinitions, cache?: CompileCache): ReadFlow {
  const resolved = resolve(graph, definitions, cache);
  const passed = passOver({ graph, definitions, resolved: resolved.nodes });
  const takesPart = ({ nodeId }: Diagnostic): boolean => nodeId === undefined || !passed.absent.has(nodeId);
  const nodes =
    passed.absent.size === 0 ? resolved.nodes : resolved.nodes.filter(({ node }) => !passed.absent.has(node.id));
  const connected = connect({ ...graph, edges: [...passed.edges] }, nodes);
  return {
    flow: buildFlow(nodes, { ...connected, absent: passed.absent, prompts: graph.prompts }),
    complete: nodes.length === graph.nodes.filter(({ id }) => !passed.absent.has(id)).length,
    diagnostics: [...resolved.diagnostics.filter(takesPart), ...passed.diagnostics, ...connected.diagnostics],
  };
}
