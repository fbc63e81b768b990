import type { EditorSession } from '../session/session.ts';

type Why = (session: EditorSession) => string | null;

const selected = (session: EditorSession) => session.ui.getState().selection;

/** Something that can be copied or moved is selected. */
export const needsSome: Why = (session) => {
  const { nodes, notes, groups = [] } = selected(session);
  return nodes.length + notes.length + groups.length > 0 ? null : 'Select something first';
};

/** A node is selected, and only one. */
export const needsNode: Why = (session) => {
  const { nodes, notes } = selected(session);
  return nodes.length === 1 && notes.length === 0 ? null : 'Select one node first';
};

/** One thing is selected. */
export const needsOne: Why = (session) => {
  const { nodes, notes, groups = [] } = selected(session);
  return nodes.length + notes.length + groups.length === 1 ? null : 'Select one node, note or group first';
};
