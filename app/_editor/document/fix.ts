import type { Fix } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Command, ConfigPath } from './command.ts';
import { approvalBefore } from './put-approval.ts';

/** The compiler's one-click fix as a command: one undoable edit. Null: what it is about is not in the graph any more. */
export function commandOfFix(fix: Fix, graph: Graph): Command | null {
  switch (fix.kind) {
    case 'bind':
      return { kind: 'set-input', nodeId: fix.nodeId, input: fix.input, binding: fix.binding };
    case 'unbind':
      return { kind: 'set-input', nodeId: fix.nodeId, input: fix.input, binding: null };
    case 'set-config':
      return { kind: 'set-config', nodeId: fix.nodeId, path: pathOfField(fix.field), value: fix.value };
    case 'enable':
      return { kind: 'set-disabled', nodeIds: [fix.nodeId], disabled: false };
    case 'ask-on-failure':
      return { kind: 'set-on-failure', nodeId: fix.nodeId, onFailure: 'ask' };
    case 'set-outcome': {
      const edge = graph.edges.find(({ id }) => id === fix.edgeId);
      return edge ? { kind: 'reconnect', edgeId: edge.id, edge: { ...edge, outcome: fix.outcome } } : null;
    }
    case 'put-approval':
      return approvalBefore(graph, fix);
    case 'remove-edge':
      return { kind: 'remove', selection: { nodes: [], edges: [fix.edgeId], notes: [] } };
    case 'remove-node':
      return { kind: 'remove', selection: { nodes: [fix.nodeId], edges: [], notes: [] } };
    default: {
      const never: never = fix;
      throw new Error(`Not a known fix: ${JSON.stringify(never)}`);
    }
  }
}

/** `config.rules[0].when` as a path within the configuration: `['rules', 0, 'when']`. */
function pathOfField(field: string): ConfigPath {
  const steps = field.match(/[^.[\]]+/g) ?? [];
  return steps.slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
