import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { plural } from '#app/_ui/format.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import { boxesOf } from '../layout/boxes.ts';
import type { TidyInput, TidyResult } from '../layout/tidy.ts';
import { selectedMembers } from './elements.ts';
import type { EditorSession } from './session.ts';

/** Work that is done sooner is not spoken of. */
const quietMs = 150;

/** Places the selected nodes anew, or, where less than two are, all of them. One undoable edit. */
export async function tidy(session: EditorSession): Promise<void> {
  const before = session.document.store.getState().graph;
  const { nodes, notes } = selectedMembers(session);
  const some = nodes.length > 1;
  const input = tidyInput(before, some ? { nodes, notes } : null);
  if (input.cards.length === 0 || session.ui.getState().busy !== null) return;
  const say = setTimeout(() => session.ui.setState({ busy: `Tidying ${plural(input.cards.length, 'node')}` }), quietMs);
  try {
    const result = await session.tidier.tidy(input);
    const now = session.document.store.getState().graph;
    if (!standsAsBefore(before, now, result)) {
      sayFailed('Not tidied', 'The drawing was changed while it was being tidied. Press Tidy once more.');
      return;
    }
    session.document.settle();
    session.document.dispatch({ kind: 'tidy', ...result });
    if (!some) session.view?.fit();
  } catch (error) {
    sayFailed('Not tidied', error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(say);
    session.ui.setState({ busy: null });
  }
}

/** What is laid out. With a selection, notes that are not in it stay out of it. */
export function tidyInput(graph: Graph, only: { nodes: string[]; notes: string[] } | null): TidyInput {
  const boxes = boxesOf(graph, cardModels(graph, definitions));
  const [nodes, notes] = [only && new Set(only.nodes), only && new Set(only.notes)];
  const takes = (chosen: ReadonlySet<string> | null) => (id: string) => chosen === null || chosen.has(id);
  return {
    cards: [...boxes.nodes].filter(([id]) => takes(nodes)(id)).map(([id, box]) => ({ id, ...box })),
    edges: graph.edges.filter(({ from, to }) => takes(nodes)(from) && takes(nodes)(to)),
    notes: [...boxes.notes].filter(([id]) => takes(notes)(id)).map(([id, box]) => ({ id, ...box })),
    groups: (graph.groups ?? []).map((group) => ({
      cards: group.nodes.filter(takes(nodes)),
      notes: group.notes.filter(takes(notes)),
    })),
  };
}

/** Whether everything that would be moved is there still, and where it was. */
function standsAsBefore(before: Graph, now: Graph, { nodes, notes }: TidyResult): boolean {
  if (before === now) return true;
  const same = (
    was: readonly { id: string; position: { x: number; y: number } }[],
    is: readonly { id: string; position: { x: number; y: number } }[],
    moved: Record<string, unknown>,
  ) => {
    const places = new Map(is.map(({ id, position }) => [id, position]));
    return was.every(({ id, position: { x, y } }) => {
      const place = places.get(id);
      return !Object.hasOwn(moved, id) || (place?.x === x && place.y === y);
    });
  };
  return same(before.nodes, now.nodes, nodes) && same(before.notes, now.notes, notes) && before.edges === now.edges;
}
