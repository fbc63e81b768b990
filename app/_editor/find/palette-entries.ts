import fuzzysort from 'fuzzysort';
import { definitions } from '#app/_canvas/definitions.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { EditorKey } from '../keys/editor-key.ts';
import { editorKeys } from '../keys/editor-keys.ts';
import type { EditorSession } from '../session/session.ts';
import { nameOf } from './search-graph.ts';

/** Something that the palette offers. `why`: why it cannot be done now; null: it can. */
export type PaletteEntry = { key: string; title: string; search: string } & (
  | { kind: 'action'; action: EditorKey; why: string | null }
  | { kind: 'node'; nodeId: string; type: string; typeTitle: string }
  | { kind: 'add'; declaration: AnyNodeDeclaration }
);
export type PaletteGroup = { heading: string; entries: PaletteEntry[] };

/** So many nodes stand there before anything is typed, and so many entries of one kind after. */
const [restingNodes, mostOfKind] = [6, 20];
const leastScore = 0.25;

/** Every action of the editor that needs no key held to mean something. */
export function paletteActions(session: EditorSession): Extract<PaletteEntry, { kind: 'action' }>[] {
  return editorKeys
    .filter(({ keyOnly }) => !keyOnly)
    .map((action) => {
      const why = action.why?.(session) ?? null;
      const title = (why === null && action.title?.(session)) || action.text;
      return {
        kind: 'action',
        key: `do ${action.text}`,
        title,
        search: `${title} ${action.text} ${action.words ?? ''}`,
        action,
        why,
      };
    });
}

/** The nodes of a drawing, to go to. */
export function paletteNodes(graph: Graph): PaletteEntry[] {
  return graph.nodes.map((node) => {
    const title = nameOf(node);
    const typeTitle = definitions.get(node.type)?.title ?? node.type;
    return {
      kind: 'node',
      key: `node ${node.id}`,
      title,
      search: `${title} ${node.id} ${typeTitle}`,
      nodeId: node.id,
      type: node.type,
      typeTitle,
    };
  });
}

/** Everything that can be added. */
export function paletteTypes(): PaletteEntry[] {
  return [...definitions.values()].map((declaration) => ({
    kind: 'add',
    key: `add ${declaration.type}`,
    title: `Add ${declaration.title}`,
    search: `Add ${declaration.title} ${declaration.type} ${declaration.description}`,
    declaration,
  }));
}

/** What is offered for what was typed, the group with the best match first. */
export function paletteGroups(
  all: { actions: PaletteEntry[]; nodes: PaletteEntry[]; types: PaletteEntry[] },
  query: string,
): PaletteGroup[] {
  const wanted = query.trim();
  if (wanted === '')
    return filled([
      { heading: 'Do', entries: all.actions },
      { heading: 'Go to a node', entries: all.nodes.slice(0, restingNodes) },
      { heading: 'Add a node', entries: all.types },
    ]);
  const ranked = [
    { heading: 'Do', ...best(all.actions, wanted) },
    { heading: 'Go to a node', ...best(all.nodes, wanted) },
    { heading: 'Add a node', ...best(all.types, wanted) },
  ];
  return filled(ranked.sort((a, b) => b.score - a.score).map(({ heading, entries }) => ({ heading, entries })));
}

/** The title counts for more than the other words. */
function best(entries: PaletteEntry[], wanted: string): { entries: PaletteEntry[]; score: number } {
  const results = fuzzysort.go(wanted, entries, {
    keys: ['title', 'search'],
    limit: mostOfKind,
    threshold: leastScore,
  });
  return { entries: results.map(({ obj }) => obj), score: results[0]?.score ?? 0 };
}

function filled(groups: PaletteGroup[]): PaletteGroup[] {
  return groups.filter(({ entries }) => entries.length > 0);
}
