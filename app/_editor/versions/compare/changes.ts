import { definitions } from '#app/_canvas/definitions.ts';
import { noteFlowId } from '#app/_canvas/flow-elements.ts';
import { plural } from '#app/_ui/format.ts';
import type { FieldChange } from '#nodes/core/diff/fields.ts';
import type { Changes, GraphDiff } from '#nodes/core/diff/graphs.ts';
import type { Graph, GraphEdge, GraphNode } from '#nodes/core/graph.ts';
import { usersOf } from '../../document/prompts.ts';

export type Mark = 'added' | 'removed' | 'changed' | 'moved';

/** One change in words, and where it stands on the canvas. */
export type ChangeItem = {
  key: string;
  mark: Mark;
  what: 'node' | 'edge' | 'note' | 'group' | 'prompt' | 'pipeline' | 'places';
  title: string;
  /** One line beside the title. */
  about: string;
  fields: FieldChange[];
  /** Nodes, and notes by their id on the canvas, to be framed. */
  place: string[];
  /** The edge on the canvas, where the change is one. */
  edgeId?: string;
  /** Type of the node, for its glyph and the names of its fields. */
  type?: string;
};

/** A removed edge keeps a place of its own on the canvas: its id may be taken again. */
export const ghostEdgeId = (edgeId: string): string => `removed:${edgeId}`;

/** The changes in the order in which the drawing is read: nodes from left to right, their edges, then what is about them. */
export function changeItems(diff: GraphDiff, before: Graph, after: Graph): ChangeItem[] {
  const titles = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, titleOf(node)]));
  const places = new Map([...before.nodes, ...after.nodes].map(({ id, position }) => [id, position]));
  const across = (item: ChangeItem) => places.get(item.place[0] ?? '') ?? { x: 0, y: 0 };
  const nodes = nodeItems(diff).sort((a, b) => across(a).x - across(b).x || across(a).y - across(b).y);
  const moved = diff.nodes.moved.length + diff.notes.moved.length;
  return [
    ...nodes,
    ...edgeItems(diff, titles),
    ...noteItems(diff),
    ...groupItems(diff),
    ...promptItems(diff, after),
    ...pipelineItems(diff.pipeline),
    ...(moved > 0 ? [movedItem(diff)] : []),
  ];
}

/** `2 added, 1 changed, 12 moved`; empty where nothing differs. */
export function countsOf(items: readonly ChangeItem[]): Record<Mark, number> {
  const counts: Record<Mark, number> = { added: 0, changed: 0, removed: 0, moved: 0 };
  for (const { mark, place } of items) counts[mark] += mark === 'moved' ? place.length : 1;
  return counts;
}

export function titleOf(node: GraphNode): string {
  return node.title || definitions.get(node.type)?.title || node.id;
}

function nodeItems({ nodes, renamed }: GraphDiff): ChangeItem[] {
  const base = (node: GraphNode) => ({
    key: `node ${node.id}`,
    what: 'node' as const,
    title: titleOf(node),
    place: [node.id],
    type: node.type,
  });
  const kind = (node: GraphNode) => {
    const known = definitions.get(node.type)?.title ?? node.type;
    return known === titleOf(node) ? `node ${node.id}` : known;
  };
  return [
    ...nodes.added.map((node): ChangeItem => ({ ...base(node), mark: 'added', about: kind(node), fields: [] })),
    ...nodes.removed.map(
      (node): ChangeItem => ({
        ...base(node),
        key: `gone ${node.id}`,
        mark: 'removed',
        about: kind(node),
        fields: [],
      }),
    ),
    ...nodes.changed.map(({ before, after, fields }): ChangeItem => {
      const about = renamed.has(before.id) && fields.length === 1 ? 'new id' : plural(fields.length, 'field');
      return { ...base(after), mark: 'changed', about, fields };
    }),
  ];
}

function edgeItems({ edges }: GraphDiff, titles: ReadonlyMap<string, string>): ChangeItem[] {
  const way = ({ from, outcome, to }: GraphEdge) =>
    `${titles.get(from) ?? from} · ${outcome} → ${titles.get(to) ?? to}`;
  const item = (edge: GraphEdge, mark: Mark, edgeId: string): ChangeItem => ({
    ...{ key: `edge ${edgeId}`, mark, what: 'edge', title: way(edge), about: 'edge', fields: [] },
    ...{ place: [edge.from, edge.to], edgeId },
  });
  return [
    ...edges.added.map((edge) => item(edge, 'added', edge.id)),
    ...edges.changed.map(({ before, after, fields }) => ({
      ...item(after, 'changed', after.id),
      about: `was ${way(before)}`,
      fields,
    })),
    ...edges.removed.map((edge) => item(edge, 'removed', ghostEdgeId(edge.id))),
  ];
}

function noteItems({ notes }: GraphDiff): ChangeItem[] {
  return listItems(notes, (note) => ({
    what: 'note',
    title: note.text.split('\n')[0]?.slice(0, 80) || 'Empty note',
    about: 'note',
    place: [noteFlowId(note.id)],
  }));
}

function groupItems({ groups }: GraphDiff): ChangeItem[] {
  return listItems(groups, (group) => ({
    what: 'group',
    title: group.title || 'Group',
    about: `group of ${plural(group.nodes.length, 'node')}`,
    place: group.nodes,
  }));
}

/** Stands where it is used. */
function promptItems({ prompts }: GraphDiff, after: Graph): ChangeItem[] {
  return listItems(prompts, ({ id, title }) => ({
    what: 'prompt',
    title,
    about: 'prompt',
    place: usersOf(after, id),
  }));
}

type Face = Pick<ChangeItem, 'what' | 'title' | 'about' | 'place'>;

function listItems<Element extends { id: string }>(
  { added, changed, removed }: Changes<Element>,
  faceOf: (element: Element) => Face,
): ChangeItem[] {
  const item = (element: Element, mark: Mark, fields: FieldChange[] = []): ChangeItem => {
    const face = faceOf(element);
    return { key: `${face.what} ${mark} ${element.id}`, mark, fields, ...face };
  };
  return [
    ...added.map((element) => item(element, 'added')),
    ...changed.map(({ after, fields }) => item(after, 'changed', fields)),
    ...removed.map((element) => item(element, 'removed')),
  ];
}

function pipelineItems(fields: FieldChange[]): ChangeItem[] {
  if (fields.length === 0) return [];
  const about = plural(fields.length, 'field');
  return [{ key: 'pipeline', mark: 'changed', what: 'pipeline', title: 'The pipeline', about, fields, place: [] }];
}

function movedItem({ nodes, notes }: GraphDiff): ChangeItem {
  const parts = [
    ...(nodes.moved.length > 0 ? [plural(nodes.moved.length, 'node')] : []),
    ...(notes.moved.length > 0 ? [plural(notes.moved.length, 'note')] : []),
  ];
  return {
    ...{ key: 'moved', mark: 'moved', what: 'places', title: `Moved ${parts.join(' and ')}`, fields: [] },
    about: 'nothing runs differently',
    place: [...nodes.moved.map(({ after }) => after.id), ...notes.moved.map(({ after }) => noteFlowId(after.id))],
  };
}
