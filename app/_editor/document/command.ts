import type { Binding, Graph, GraphEdge, GraphGroup, GraphNode, GraphSettings, Prompt } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';

export type GraphNote = Graph['notes'][number];
export type Position = GraphNode['position'];
export type Retry = NonNullable<GraphNode['retry']>;
export type InputBinding = { nodeId: string; input: string; binding: Binding };
/** Where a value stands inside a node's configuration: `['rules', 0, 'when']`. */
export type ConfigPath = readonly (string | number)[];

export type NoteSize = NonNullable<GraphNote['size']>;

/** Some nodes with what belongs to them: what is added, copied or pasted together. */
export type Fragment = {
  nodes: GraphNode[];
  edges: GraphEdge[];
  notes: GraphNote[];
  groups?: GraphGroup[];
  prompts?: Prompt[];
};
/** `groups`: those whose frame is selected; their members need not be. */
export type Selection = { nodes: string[]; edges: string[]; notes: string[]; groups?: string[] };

/** Two edges and a node between them take the place of an edge. `node`: null where it is in the graph already. */
export type InsertOnEdge = {
  kind: 'insert-on-edge';
  edgeId: string;
  nodeId: string;
  node: GraphNode | null;
  edges: [GraphEdge, GraphEdge];
  bindings: InputBinding[];
  /** Where it comes to stand, and what makes way for it. */
  moved: { nodes: Record<string, Position>; notes: Record<string, Position> };
  /** The group that both ends are in: it takes the node. */
  into?: string;
};

/** A node brought to another version of its type, and what becomes of the inputs and edges that this version does not know. */
export type NodeMigration = {
  nodeId: string;
  version: number;
  config: JsonObject;
  removeInputs: string[];
  /** By the edge's id: the outcome that it leaves by from now on; null removes it. Those that are not named stay. */
  edges: Record<string, string | null>;
};

/** Everything that can change a graph document. A command holds all it needs, so applying it is pure. */
export type Command =
  /** `into`: a group that is there and takes what is added. */
  | { kind: 'insert'; fragment: Fragment; bindings?: InputBinding[]; into?: string }
  | { kind: 'remove'; selection: Selection }
  /** `into`: a group that takes what is moved, out of the one that it was in. */
  | { kind: 'move'; nodes: Record<string, Position>; notes: Record<string, Position>; into?: string }
  | { kind: 'tidy'; nodes: Record<string, Position>; notes?: Record<string, Position> }
  | { kind: 'arrange'; nodes: Record<string, Position>; notes: Record<string, Position>; label: string }
  | { kind: 'connect'; edge: GraphEdge; bindings: InputBinding[] }
  | { kind: 'reconnect'; edgeId: string; edge: GraphEdge; bindings?: InputBinding[] }
  | InsertOnEdge
  /** `title`: set with the id, as one edit. */
  | { kind: 'rename-node'; from: string; to: string; title?: string }
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
  | { kind: 'set-disabled'; nodeIds: string[]; disabled: boolean }
  | { kind: 'set-comment'; nodeId: string; comment: string }
  | { kind: 'set-note'; noteId: string; text: string }
  | { kind: 'resize-note'; noteId: string; size: NoteSize }
  | { kind: 'group'; group: GraphGroup }
  | { kind: 'ungroup'; groupIds: string[] }
  | { kind: 'leave-group'; nodes: string[]; notes: string[] }
  | { kind: 'set-group-title'; groupId: string; title: string }
  /** `bind`: what says it from then on, as the same edit. */
  | { kind: 'add-prompt'; prompt: Prompt; bind?: InputBinding }
  | { kind: 'set-prompt'; promptId: string; change: Partial<Omit<Prompt, 'id'>> }
  /** `at`: which of its variables. */
  | { kind: 'rename-variable'; promptId: string; at: number; to: string }
  | { kind: 'remove-prompt'; promptId: string }
  | { kind: 'set-name'; name: string }
  | { kind: 'set-description'; description: string }
  | { kind: 'replace'; graph: Graph; label: string }
  | { kind: 'migrate'; nodes: NodeMigration[] };

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
    case 'set-comment':
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
    case 'resize-note':
      return `resize-note ${command.noteId}`;
    case 'set-group-title':
      return `set-group-title ${command.groupId}`;
    case 'set-prompt':
      return `set-prompt ${command.promptId} ${Object.keys(command.change).join(' ')}`;
    case 'rename-variable':
      return `rename-variable ${command.promptId} ${command.at}`;
    case 'move':
      if (command.into !== undefined) return null;
      return `move ${[...Object.keys(command.nodes), ...Object.keys(command.notes)].sort().join(' ')}`;
    case 'set-name':
    case 'set-description':
      return command.kind;
    case 'insert':
    case 'remove':
    case 'tidy':
    case 'arrange':
    case 'connect':
    case 'reconnect':
    case 'insert-on-edge':
    case 'rename-node':
    case 'set-disabled':
    case 'group':
    case 'ungroup':
    case 'leave-group':
    case 'add-prompt':
    case 'remove-prompt':
    case 'batch':
    case 'replace':
    case 'migrate':
      return null;
    default:
      return unreachable(command);
  }
}

export const addNoteLabel = 'Add note';

/** What the undo menu calls the command. */
export function labelOf(command: Command): string {
  switch (command.kind) {
    case 'insert':
      return command.fragment.nodes.length === 0 ? addNoteLabel : 'Add';
    case 'remove':
      return 'Delete';
    case 'move':
      return command.into === undefined ? 'Move' : 'Move into the group';
    case 'tidy':
      return 'Tidy';
    case 'arrange':
      return command.label;
    case 'connect':
      return 'Connect';
    case 'reconnect':
      return 'Reconnect';
    case 'insert-on-edge':
      return 'Insert on the wire';
    case 'rename-node':
      return command.title === undefined ? 'Change id' : 'Rename';
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
    case 'resize-note':
      return 'Resize note';
    case 'set-disabled':
      return command.disabled ? 'Disable' : 'Enable';
    case 'set-comment':
      return 'Comment';
    case 'group':
      return 'Group';
    case 'ungroup':
      return 'Ungroup';
    case 'leave-group':
      return 'Take out of the group';
    case 'set-group-title':
      return 'Rename group';
    case 'add-prompt':
      return 'Add prompt';
    case 'set-prompt':
      return 'Edit prompt';
    case 'rename-variable':
      return 'Rename variable';
    case 'remove-prompt':
      return 'Delete prompt';
    case 'set-name':
      return 'Rename pipeline';
    case 'set-description':
      return 'Edit description';
    case 'batch':
    case 'replace':
      return command.label;
    case 'migrate':
      return command.nodes.length === 1 ? 'Update node type' : 'Update node types';
    default:
      return unreachable(command);
  }
}

function unreachable(command: never): never {
  throw new Error(`Not a known command: ${JSON.stringify(command)}`);
}
