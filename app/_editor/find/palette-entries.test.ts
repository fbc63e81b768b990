import { describe, expect, it } from 'vitest';
import { testGraph } from '#app/_canvas/testing/graph.ts';
import { type MenuItem, menuEntries, menus } from '../canvas/menu-entries.ts';
import { editorKeys } from '../keys/editor-keys.ts';
import { smallSession } from '../testing/small-session.ts';
import { paletteActions, paletteGroups, paletteNodes, paletteTypes } from './palette-entries.ts';

const graph = testGraph('start:trigger.manual draft:llm.generate start.fired>draft');
const session = smallSession(graph);
const all = { actions: paletteActions(session), nodes: paletteNodes(graph), types: paletteTypes() };
const titles = (query: string) => paletteGroups(all, query).flatMap(({ entries }) => entries.map(({ title }) => title));

describe('the palette', () => {
  it('has every action of the editor; those that mean something by their key alone are keys', () => {
    const offered = new Set(all.actions.map(({ kind, action }) => kind === 'action' && action));
    const missing = editorKeys.filter((action) => !offered.has(action));
    expect(missing.map(({ text }) => text)).toEqual(missing.filter(({ keyOnly }) => keyOnly).map(({ text }) => text));
    expect(missing.map(({ text }) => text)).toEqual([
      'In a field: what it may read',
      'Insert behind the selected node, on the selected wire',
      'Nudge',
      'Nudge further',
      'All actions, and nodes by name',
      'Go along the wires to another node',
    ]);
  });

  it('shows all of them before anything is typed', () => {
    const shown = paletteGroups(all, '')[0]?.entries;
    expect(shown?.length).toBe(all.actions.length);
  });

  it('names each once', () => {
    const keys = [...all.actions, ...all.nodes, ...all.types].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['tidy', 'Tidy'],
    ['algn lft', 'Align left'],
    ['undo', 'Undo'],
    ['generate', 'Generate'],
    ['mute', 'Disable or enable'],
  ])('finds by %s first %s', (query, title) => {
    expect(titles(query)[0]).toBe(title);
  });

  it('says why something cannot be done', () => {
    const why = Object.fromEntries(all.actions.map((entry) => [entry.title, entry.why]));
    expect(why).toMatchObject({ Undo: 'Nothing to undo', Comment: 'Select one node first', Fit: null });
  });
});

describe('context menus', () => {
  const idsOf = (items: readonly MenuItem[]): string[] =>
    items.flatMap((item) => (typeof item === 'string' ? item : idsOf(item.items))).filter((id) => id !== 'line');

  it('offer actions that there are', () => {
    const known = new Set(editorKeys.flatMap(({ id }) => id ?? []));
    expect(
      Object.values(menus)
        .flatMap(idsOf)
        .filter((id) => !known.has(id)),
    ).toEqual([]);
    expect(editorKeys.flatMap(({ id }) => id ?? []).length).toBe(known.size);
  });

  it('leave out what cannot be done, and lines that part nothing', () => {
    const selection = { nodes: ['draft'], edges: [], notes: [] };
    session.ui.setState({ selection });
    const entries = menuEntries(session, selection);
    const shown = entries.map((entry) => (entry.kind === 'line' ? '-' : entry.title));
    expect(shown).not.toContain('Ungroup');
    expect(shown.join(' ')).not.toMatch(/- -|^-|-$/);
    expect(shown).toContain('Disable');
  });
});
