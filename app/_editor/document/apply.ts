import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Command, GraphNote, InputBinding, Position, Selection } from './command.ts';
import { renameNode } from './rename-node.ts';
import { setAtPath } from './set-at-path.ts';

/**
 * Changes `draft` (an immer draft) as the command says. Elements are replaced whole, never written into: so an undo
 * puts back the very same element, and the document returns byte for byte, the order of its members included.
 */
export function applyCommand(draft: Graph, command: Command): void {
  switch (command.kind) {
    case 'insert':
      draft.nodes.push(...command.fragment.nodes);
      draft.edges.push(...command.fragment.edges);
      draft.notes.push(...command.fragment.notes);
      return bindInputs(draft, command.bindings ?? []);
    case 'remove':
      return remove(draft, command.selection);
    case 'move':
    case 'tidy':
      movePlaced(draft.nodes, command.nodes);
      return command.kind === 'move' ? movePlaced(draft.notes, command.notes) : undefined;
    case 'connect':
      draft.edges.push(command.edge);
      return bindInputs(draft, command.bindings);
    case 'reconnect': {
      const at = draft.edges.findIndex((edge) => edge.id === command.edgeId);
      if (at >= 0) draft.edges[at] = { ...command.edge, id: command.edgeId };
      return;
    }
    case 'rename-node':
      return renameNode(draft, command.from, command.to);
    case 'set-note':
      return updateNote(draft, command.noteId, (note) => ({ ...note, text: command.text }));
    case 'set-name':
      draft.name = command.name;
      return;
    case 'set-description':
      draft.description = command.description;
      return;
    case 'replace':
      Object.assign(draft, command.graph);
      return;
    default:
      return updateNode(draft, command.nodeId, (node) => changeNode(node, command));
  }
}

type NodeCommand = Extract<Command, { nodeId: string }>;

function changeNode(node: GraphNode, command: NodeCommand): GraphNode {
  switch (command.kind) {
    case 'set-title':
      return withOptional(node, 'title', command.title === '' ? undefined : command.title);
    case 'set-config':
      return { ...node, config: setAtPath(node.config, command.path, command.value) };
    case 'set-input':
      return { ...node, inputs: withInput(node.inputs, command.input, command.binding) };
    case 'set-retry':
      return withOptional(node, 'retry', command.retry ?? undefined);
    case 'set-timeout':
      return withOptional(node, 'timeoutMs', command.timeoutMs ?? undefined);
    default: {
      const never: never = command;
      throw new Error(`Not a known command: ${JSON.stringify(never)}`);
    }
  }
}

function remove(draft: Graph, selection: Selection): void {
  const nodes = new Set(selection.nodes);
  const edges = new Set(selection.edges);
  const notes = new Set(selection.notes);
  draft.nodes = draft.nodes.filter((node) => !nodes.has(node.id));
  draft.edges = draft.edges.filter((edge) => !edges.has(edge.id) && !nodes.has(edge.from) && !nodes.has(edge.to));
  draft.notes = draft.notes.filter((note) => !notes.has(note.id));
}

function movePlaced(placed: { id: string; position: Position }[], positions: Record<string, Position>): void {
  placed.forEach((element, index) => {
    const position = positions[element.id];
    if (position) placed[index] = { ...element, position: { x: Math.round(position.x), y: Math.round(position.y) } };
  });
}

function bindInputs(draft: Graph, bindings: InputBinding[]): void {
  for (const { nodeId, input, binding } of bindings)
    updateNode(draft, nodeId, (node) => ({ ...node, inputs: withInput(node.inputs, input, binding) }));
}

function withInput(inputs: GraphNode['inputs'], input: string, binding: GraphNode['inputs'][string] | null) {
  const rest = Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== input || binding !== null));
  return binding === null ? rest : { ...rest, [input]: binding };
}

function withOptional<Key extends 'title' | 'retry' | 'timeoutMs'>(
  node: GraphNode,
  key: Key,
  value: GraphNode[Key] | undefined,
): GraphNode {
  const { [key]: _before, ...rest } = node;
  return (value === undefined ? rest : { ...rest, [key]: value }) as GraphNode;
}

function updateNode(draft: Graph, nodeId: string, change: (node: GraphNode) => GraphNode): void {
  const at = draft.nodes.findIndex((node) => node.id === nodeId);
  const node = draft.nodes[at];
  if (node) draft.nodes[at] = change(node);
}

function updateNote(draft: Graph, noteId: string, change: (note: GraphNote) => GraphNote): void {
  const at = draft.notes.findIndex((note) => note.id === noteId);
  const note = draft.notes[at];
  if (note) draft.notes[at] = change(note);
}
