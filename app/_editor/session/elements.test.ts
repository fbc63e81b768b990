import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { smallSession } from '../testing/small-session.ts';
import { addNote, removeSelection, select, undo } from './actions.ts';
import { duplicate } from './clipboard.ts';
import {
  align,
  groupSelection,
  leaveGroup,
  removeWithMembers,
  settleInPlace,
  toggleDisabled,
  ungroupSelection,
} from './elements.ts';
import type { EditorSession } from './session.ts';
import { tidy } from './tidy.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1 },
    { id: 'generate', type: 'llm.generate', version: 1, position: { x: 400, y: 40 } },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      position: { x: 700, y: 0 },
      inputs: { text: { kind: 'expr', expr: 'nodes.generate.text' } },
    },
  ],
  edges: [{ id: 'e', from: 'generate', outcome: 'ok', to: 'send' }],
  notes: [{ id: 'n', text: 'Hello', position: { x: 0, y: 200 } }],
});
const now = (session: EditorSession) => session.document.store.getState().graph;
const steps = (session: EditorSession) => session.document.store.getState().past.length;
const open = (pinned: string[] = []) => smallSession(graph, pinned);

describe('groups', () => {
  const grouped = () => {
    const session = open();
    select(session, { nodes: ['generate', 'send'], notes: ['n'] });
    groupSelection(session);
    return session;
  };

  it('hold what was selected; their frame is selected and its title is to be written', () => {
    const session = grouped();
    expect(now(session).groups).toEqual([{ id: 'group', title: '', nodes: ['generate', 'send'], notes: ['n'] }]);
    expect(session.ui.getState()).toMatchObject({
      inPlace: 'group:group',
      selection: { groups: ['group'], nodes: [] },
    });
    settleInPlace(session, 'group:group', ' Outreach ');
    expect(now(session).groups?.[0]?.title).toBe('Outreach');
  });

  it('take more in when their frame is selected with it, and keep their title', () => {
    const session = grouped();
    settleInPlace(session, 'group:group', 'Outreach');
    select(session, { nodes: ['start'], groups: ['group'] });
    groupSelection(session);
    expect(now(session).groups).toEqual([
      expect.objectContaining({ title: 'Outreach', nodes: ['start', 'generate', 'send'] }),
    ]);
  });

  it('lose their frame by Delete, and all they hold only where that is asked for', () => {
    const session = grouped();
    removeSelection(session);
    expect([now(session).groups, now(session).nodes.length]).toEqual([undefined, 3]);
    undo(session);
    select(session, { groups: ['group'] });
    removeWithMembers(session);
    expect([now(session).groups, now(session).nodes.length, now(session).notes.length]).toEqual([undefined, 1, 0]);
  });

  it('vanish with the last thing in them', () => {
    const session = grouped();
    select(session, { nodes: ['generate', 'send'] });
    removeSelection(session);
    expect(now(session).groups?.[0]).toMatchObject({ nodes: [], notes: ['n'] });
    select(session, { notes: ['n'] });
    leaveGroup(session);
    expect(now(session).groups).toBeUndefined();
    expect(now(session).notes).toHaveLength(1);
  });

  it('are taken away around what is selected in them', () => {
    const session = grouped();
    select(session, { nodes: ['send'] });
    ungroupSelection(session);
    expect(now(session).groups).toBeUndefined();
    expect(session.ui.getState().selection.nodes).toEqual(['generate', 'send']);
  });

  it('are duplicated whole; a copy of something in one stays in it', () => {
    const session = grouped();
    select(session, { groups: ['group'] });
    duplicate(session);
    expect(now(session).groups?.[1]).toMatchObject({ id: 'group2', nodes: ['generate2', 'send2'], notes: ['n2'] });
    select(session, { nodes: ['send'] });
    duplicate(session);
    expect(now(session).groups?.[0]?.nodes).toEqual(['generate', 'send', 'send3']);
  });
});

describe('disabling', () => {
  it('disables all that is selected; once all are, it enables them', () => {
    const session = open();
    select(session, { nodes: ['generate', 'send'] });
    toggleDisabled(session);
    expect(now(session).nodes.map(({ disabled }) => disabled)).toEqual([undefined, true, true]);
    toggleDisabled(session);
    expect(now(session)).toEqual(graph);
    expect(steps(session)).toBe(2);
  });
});

describe('renaming where it stands', () => {
  it('changes title, id and what refers to it as one edit', () => {
    const session = open();
    select(session, { nodes: ['generate'] });
    settleInPlace(session, 'generate', 'Draft the offer');
    expect(now(session).nodes[1]).toMatchObject({ id: 'draft_the_offer', title: 'Draft the offer' });
    expect(now(session).nodes[2]?.inputs.text).toEqual({ kind: 'expr', expr: 'nodes.draft_the_offer.text' });
    expect(session.ui.getState().selection.nodes).toEqual(['draft_the_offer']);
    expect(steps(session)).toBe(1);
    undo(session);
    expect(now(session)).toEqual(graph);
  });

  it('leaves the id of a node whose output is pinned', () => {
    const session = open(['generate']);
    settleInPlace(session, 'generate', 'Draft');
    expect(now(session).nodes[1]).toMatchObject({ id: 'generate', title: 'Draft' });
  });

  it('does nothing where it was given up', () => {
    const session = open();
    settleInPlace(session, 'generate', null);
    expect(steps(session)).toBe(0);
  });
});

describe('notes', () => {
  it('are one edit with their first text', () => {
    const session = open();
    addNote(session, { x: 1, y: 2 });
    settleInPlace(session, 'note:note', 'Never promise a date.');
    expect(now(session).notes[1]).toMatchObject({ text: 'Never promise a date.', position: { x: 1, y: 2 } });
    expect(steps(session)).toBe(1);
  });

  it('that stay empty are gone, and leave nothing to undo', () => {
    const session = open();
    addNote(session);
    settleInPlace(session, 'note:note', '  ');
    expect([now(session), steps(session)]).toEqual([graph, 0]);
  });

  it('that are emptied are deleted', () => {
    const session = open();
    settleInPlace(session, 'note:n', '');
    expect(now(session).notes).toEqual([]);
  });
});

describe('aligning', () => {
  it('is one edit each, and moves a group as one', () => {
    const session = open();
    select(session, { nodes: ['generate', 'send'] });
    groupSelection(session);
    select(session, { nodes: ['start'], groups: ['group'] });
    align(session, 'left');
    align(session, 'top');
    expect(now(session).nodes.map(({ position }) => position)).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 40 },
      { x: 300, y: 0 },
    ]);
    undo(session);
    undo(session);
    expect(now(session).nodes).toEqual(graph.nodes);
  });
});

describe('tidy', () => {
  it('places all, as one edit', async () => {
    const session = open();
    await tidy(session);
    const [start, generate, send] = now(session).nodes.map(({ position }) => position);
    expect([start?.x, generate?.x, send?.x]).toEqual([0, 0, 244]);
    undo(session);
    expect(now(session)).toEqual(graph);
  });

  it('places what is selected only, where several are', async () => {
    const session = open();
    select(session, { nodes: ['generate', 'send'] });
    await tidy(session);
    expect(now(session).nodes.map(({ position }) => position)).toEqual([
      { x: 0, y: 0 },
      { x: 400, y: 0 },
      { x: 644, y: 0 },
    ]);
  });

  it('is not taken over where what it moves was changed meanwhile; other edits do not matter', async () => {
    const moved = open();
    const tidying = tidy(moved);
    moved.document.dispatch({ kind: 'move', nodes: { send: { x: 9, y: 9 } }, notes: {} });
    await tidying;
    expect(steps(moved)).toBe(1);
    const renamed = open();
    const other = tidy(renamed);
    renamed.document.dispatch({ kind: 'set-name', name: 'Other' });
    await other;
    expect(steps(renamed)).toBe(2);
  });
});
