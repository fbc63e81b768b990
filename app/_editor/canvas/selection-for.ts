import { groupIdOf, noteIdOf } from '#app/_canvas/flow-elements.ts';
import type { Selection } from '../document/command.ts';

/** An element of the canvas, by its id there, as a selection of its own. */
export function selectionFor(flowId: string): Partial<Selection> {
  const [noteId, groupId] = [noteIdOf(flowId), groupIdOf(flowId)];
  if (noteId !== null) return { notes: [noteId] };
  return groupId === null ? { nodes: [flowId] } : { groups: [groupId] };
}
