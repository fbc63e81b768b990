import type { Binding, Graph, GraphEdge, GraphNode, GraphSettings } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';

export type GraphNote = Graph['notes'][number];
export type Position = GraphNode['position'];
export type Retry = NonNullable<GraphNode['retry']>;
export type InputBinding = { nodeId: string; input: string; binding: Binding };
/** Where a value stands inside a node's configuration: `['rules', 0, 'when']`. */
export type ConfigPath = readonly (string | number)[];

/** Some nodes with what belongs to them: what is added, copied or pasted together. */
export type Fragment = { nodes: GraphNode[]; edges: GraphEdge[]; notes: GraphNote[] };
export type Selection = { nodes: string[]; edges: string[]; notes: string[] };

/** Everything that can change a graph document. A command holds all it needs, so applying it is pure. */
export type Command =
  | { kind: 'insert'; fragment: Fragment; bindings?: InputBinding[] }
  | { kind: 'remove'; selection: Selection }
  | { kind: 'move'; nodes: Record<string, Position>; notes: Record<string, Position> }
  | { kind: 'tidy'; nodes: Record<string, Position> }
  | { kind: 'connect'; edge: GraphEdge; bindings: InputBinding[] }
  | { kind: 'reconnect'; edgeId: string; edge: GraphEdge }
  | { kind: 'rename-node'; from: string; to: string }
  | { kind: 'set-disabled'; nodeIds: string[]; disabled: boolean }
  /** Several that belong together, one after the other. */
  | { kind: 'batch'; label: string; commands: Command[] }
  | { kind: 'set-title'; nodeId: string; title: string }
  | { kind: 'set-config'; nodeId: string; path: ConfigPath; value: Json | undefined }
  | { kind: 'merge-config'; nodeId: string; members: { [name: string]: Json } }
  | { kind: 'set-input'; nodeId: string; input: string; binding: Binding | null }
  | { kind: 'set-retry'; nodeId: string; retry: Retry | null }
  | { kind: 'set-timeout'; nodeId: string; timeoutMs: number | null }
  | { kind: 'set-on-failure'; nodeId: string; onFailure: GraphSettings['onFailure'] | null }
  | { kind: 'set-settings'; settings: Partial<GraphSettings> }
  | { kind: 'set-note'; noteId: string; text: string }
  | { kind: 'set-name'; name: string }
  | { kind: 'set-description'; description: string }
  | { kind: 'replace'; graph: Graph; label: string };

/**
 * Edits with the same intent that follow each other closely are one step of undo: typing in one field, nudging one
 * selection. Null: always a step of its own.
 */
export function intentOf(command: Command): string | null {
  switch (command.kind) {
    case 'set-title':
    case 'set-retry':
    case 'set-timeout':
    case 'set-on-failure':
      return `${command.kind} ${command.nodeId}`;
    case 'merge-config':
      return `merge-config ${command.nodeId} ${Object.keys(command.members).join(' ')}`;
    case 'set-settings':
      return `set-settings ${Object.keys(command.settings).join(' ')}`;
    case 'set-config':
      return `set-config ${command.nodeId} ${command.path.join('.')}`;
    case 'set-input':
      return `set-input ${command.nodeId} ${command.input} ${command.binding?.kind ?? 'none'}`;
    case 'set-note':
      return `set-note ${command.noteId}`;
    case 'move':
      return `move ${[...Object.keys(command.nodes), ...Object.keys(command.notes)].sort().join(' ')}`;
    case 'set-name':
    case 'set-description':
      return command.kind;
    case 'insert':
    case 'remove':
    case 'tidy':
    case 'connect':
    case 'reconnect':
    case 'rename-node':
    case 'set-disabled':
    case 'batch':
    case 'replace':
      return null;
    default:
      return unreachable(command);
  }
}

/** What the undo menu calls the command. */
export function labelOf(command: Command): string {
  switch (command.kind) {
    case 'insert':
      return command.fragment.nodes.length === 0 ? 'Add note' : 'Add';
    case 'remove':
      return 'Delete';
    case 'move':
      return 'Move';
    case 'tidy':
      return 'Tidy';
    case 'connect':
      return 'Connect';
    case 'reconnect':
      return 'Reconnect';
    case 'rename-node':
      return 'Change id';
    case 'set-title':
      return 'Rename';
    case 'set-config':
    case 'merge-config':
      return 'Change configuration';
    case 'set-input':
      return 'Change input';
    case 'set-retry':
      return 'Change retries';
    case 'set-timeout':
      return 'Change time limit';
    case 'set-on-failure':
      return 'Change what follows a failure';
    case 'set-settings':
      return 'Change settings';
    case 'set-note':
      return 'Edit note';
    case 'set-name':
      return 'Rename pipeline';
    case 'set-description':
      return 'Edit description';
    case 'set-disabled':
      return command.disabled ? 'Disable' : 'Enable';
    case 'batch':
    case 'replace':
      return command.label;
    default:
      return unreachable(command);
  }
}

function unreachable(command: never): never {
  throw new Error(`Not a known command: ${JSON.stringify(command)}`);
}
