import type { Fix } from '#nodes/core/diagnostics.ts';
import type { Command } from './command.ts';

/** The compiler's one-click fix as a command: one undoable edit. */
export function commandOfFix(fix: Fix): Command {
  switch (fix.kind) {
    case 'bind':
      return { kind: 'set-input', nodeId: fix.nodeId, input: fix.input, binding: fix.binding };
    case 'unbind':
      return { kind: 'set-input', nodeId: fix.nodeId, input: fix.input, binding: null };
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
