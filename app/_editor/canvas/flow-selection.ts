import { groupIdOf, noteIdOf } from '#app/_canvas/flow-elements.ts';
import type { Selection } from '../document/command.ts';

/** One card, note or frame as a selection, by its id on the canvas. */
export function selectionFor(flowId: string): Partial<Selection> {
  const [noteId, groupId] = [noteIdOf(flowId), groupIdOf(flowId)];
  if (noteId !== null) return { notes: [noteId] };
  return groupId === null ? { nodes: [flowId] } : { groups: [groupId] };
}
