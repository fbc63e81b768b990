import { closest } from '../cel/suggest.ts';
import type { NodeDefinitions } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { currentConfig } from '../node-versions.ts';
import { templateProblem } from '../templates.ts';
import type { CompileCache } from './cache.ts';
import type { ResolvedNode } from './flow.ts';
import { addressOf } from './guard.ts';

/** Finds each node's type, brings its configuration to the current version and reads it. Nodes that fail are left out. */
export function resolve(
  graph: Graph,
  definitions: NodeDefinitions,
  cache?: CompileCache,
): { nodes: ResolvedNode[]; diagnostics: Diagnostic[] } {
  const nodes: ResolvedNode[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const node of graph.nodes) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    let found = cache?.resolved.get(node);
    if (!found) {
      const own: Diagnostic[] = [];
      found = { resolved: resolveNode(node, definitions, own), diagnostics: own };
      cache?.resolved.set(node, found);
    }
    if (found.resolved) nodes.push(found.resolved);
    diagnostics.push(...found.diagnostics);
  }
  return { nodes, diagnostics };
}

function resolveNode(node: GraphNode, definitions: NodeDefinitions, diagnostics: Diagnostic[]): ResolvedNode | null {
  const declaration = definitions.get(node.type);
  const report = (found: Omit<Diagnostic, 'nodeId'>): null => {
    diagnostics.push({ ...found, nodeId: node.id });
    return null;
  };
  if (!declaration) {
    const near = closest(node.type, [...definitions.keys()]);
    const hint = near ? ` Did you mean "${near}"?` : '';
    return report({
      code: 'UNKNOWN_NODE_TYPE',
      severity: 'error',
      field: 'type',
      message: `There is no node type "${node.type}".${hint}`,
    });
  }
  if (node.version > declaration.version)
    return report({
      code: 'UNKNOWN_NODE_VERSION',
      severity: 'error',
      field: 'version',
      message: `"${node.type}" has version ${declaration.version} here; this node was written for version ${node.version}. Update Solograph.`,
    });
  if (node.version < declaration.version)
    report({
      code: 'NODE_VERSION_OLD',
      severity: 'info',
      field: 'version',
      message: `Written for version ${node.version} of "${node.type}"; here is version ${declaration.version}. It runs as it did.`,
    });
  const parsed = declaration.config.safeParse(currentConfig(declaration, node));
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      report({
        code: 'CONFIG_INVALID',
        severity: 'error',
        field: addressOf(['config', ...issue.path]),
        message: `${issue.message}.`.replace(/\.\.$/, '.'),
      });
    return null;
  }
  for (const { field, message } of declaration.check?.(parsed.data, { templateProblem }) ?? [])
    report({ code: 'CONFIG_INVALID', severity: 'error', field: `config.${field}`, message });
  return {
    node,
    declaration,
    config: parsed.data,
    inputs: declaration.inputs(parsed.data),
    outcomes: declaration.outcomes(parsed.data),
  };
}
