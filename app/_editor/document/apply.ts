import { defaultSettings, type Graph, type GraphEdge, type GraphNode } from '#nodes/core/graph.ts';
import type { Command, GraphNote, InputBinding, InsertOnEdge, Position, Selection } from './command.ts';
import { addGroups, dropGroups, joinGroup, leaveGroups, moveToGroup, updateGroup } from './groups.ts';
import { migrateNode } from './migrate-node.ts';
import { addPrompts, changePrompts } from './prompts.ts';
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
      addGroups(draft, command.fragment.groups ?? []);
      addPrompts(draft, command.fragment.prompts ?? []);
      if (command.into !== undefined) joinGroup(draft, command.into, command.fragment);
      bindInputs(draft, command.bindings ?? []);
      break;
    case 'remove':
      remove(draft, command.selection);
      break;
    case 'tidy':
      movePlaced(draft.nodes, command.nodes);
      movePlaced(draft.notes, command.notes ?? {});
      break;
    case 'move':
      movePlaced(draft.nodes, command.nodes);
      movePlaced(draft.notes, command.notes);
      if (command.into !== undefined)
        moveToGroup(draft, command.into, { nodes: Object.keys(command.nodes), notes: Object.keys(command.notes) });
      break;
    case 'arrange':
      movePlaced(draft.nodes, command.nodes);
      movePlaced(draft.notes, command.notes);
      break;
    case 'connect':
      draft.edges.push(command.edge);
      bindInputs(draft, command.bindings);
      break;
    case 'reconnect':
      reconnect(draft, command.edgeId, command.edge);
      bindInputs(draft, command.bindings ?? []);
      break;
    case 'insert-on-edge':
      insertOnEdge(draft, command);
      break;
    case 'rename-node':
      renameNode(draft, command.from, command.to, command.title);
      break;
    case 'set-disabled':
      for (const nodeId of command.nodeIds)
        updateNode(draft, nodeId, (node) => withOptional(node, 'disabled', command.disabled ? true : undefined));
      break;
    case 'group':
      addGroups(draft, [command.group]);
      break;
    case 'ungroup':
      dropGroups(draft, command.groupIds);
      break;
    case 'leave-group':
      leaveGroups(draft, command);
      break;
    case 'set-group-title':
      updateGroup(draft, command.groupId, (group) => ({ ...group, title: command.title }));
      break;
    case 'add-prompt':
    case 'set-prompt':
    case 'rename-variable':
    case 'remove-prompt':
      changePrompts(draft, command);
      if (command.kind === 'add-prompt' && command.bind) bindInputs(draft, [command.bind]);
      break;
    case 'batch':
      for (const one of command.commands) applyCommand(draft, one);
      break;
    case 'set-note':
      updateNote(draft, command.noteId, (note) => ({ ...note, text: command.text }));
      break;
    case 'resize-note':
      updateNote(draft, command.noteId, (note) => ({ ...note, size: command.size }));
      break;
    case 'set-name':
      draft.name = command.name;
      break;
    case 'set-description':
      draft.description = command.description;
      break;
    case 'set-settings':
      draft.settings = { ...(draft.settings ?? defaultSettings), ...command.settings };
      break;
    case 'replace':
      if (!command.graph.settings) delete draft.settings;
      if (!command.graph.groups) delete draft.groups;
      if (!command.graph.prompts) delete draft.prompts;
      Object.assign(draft, command.graph);
      break;
    case 'migrate':
      for (const migration of command.nodes) migrateNode(draft, migration);
      break;
    default:
      updateNode(draft, command.nodeId, (node) => changeNode(node, command));
  }
}

type NodeCommand = Exclude<Extract<Command, { nodeId: string }>, InsertOnEdge>;

function changeNode(node: GraphNode, command: NodeCommand): GraphNode {
  switch (command.kind) {
    case 'set-title':
      return withOptional(node, 'title', command.title === '' ? undefined : command.title);
    case 'set-comment':
      return withOptional(node, 'comment', command.comment === '' ? undefined : command.comment);
    case 'set-config':
      return { ...node, config: setAtPath(node.config, command.path, command.value) };
    case 'merge-config':
      return { ...node, config: { ...node.config, ...command.members } };
    case 'set-input':
      return { ...node, inputs: withInput(node.inputs, command.input, command.binding) };
    case 'set-retry':
      return withOptional(node, 'retry', command.retry ?? undefined);
    case 'set-timeout':
      return withOptional(node, 'timeoutMs', command.timeoutMs ?? undefined);
    case 'set-on-failure':
      return withOptional(node, 'onFailure', command.onFailure ?? undefined);
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
  dropGroups(draft, selection.groups ?? []);
  leaveGroups(draft, selection);
}

function reconnect(draft: Graph, edgeId: string, edge: GraphEdge): void {
  const at = draft.edges.findIndex((candidate) => candidate.id === edgeId);
  if (at >= 0) draft.edges[at] = { ...edge, id: edgeId };
}

/** Where the edge is gone nothing happens: its command was made for a document that had it. */
function insertOnEdge(draft: Graph, { edgeId, nodeId, node, edges, bindings, moved, into: group }: InsertOnEdge): void {
  const at = draft.edges.findIndex((edge) => edge.id === edgeId);
  if (at < 0) return;
  const [into, out] = edges;
  draft.edges[at] = into;
  draft.edges.push(out);
  if (node) draft.nodes.push(node);
  movePlaced(draft.nodes, moved.nodes);
  movePlaced(draft.notes, moved.notes);
  if (group !== undefined) joinGroup(draft, group, { nodes: [{ id: nodeId }], notes: [] });
  bindInputs(draft, bindings);
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

function withOptional<Key extends 'title' | 'retry' | 'timeoutMs' | 'onFailure' | 'disabled' | 'comment'>(
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
