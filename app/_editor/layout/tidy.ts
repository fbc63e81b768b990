import dagre from '@dagrejs/dagre';
import { type Box, cardWidth, columnStep, frameAround, type Point, unionOf } from '#app/_canvas/geometry.ts';
import { createRoom } from './room.ts';
import { snap } from './snap.ts';

/** What is placed: cards, notes, the edges between the cards, and who stands together in a frame. */
export type TidyInput = {
  cards: (Box & { id: string })[];
  edges: { from: string; to: string }[];
  notes: (Box & { id: string })[];
  groups: { cards: string[]; notes: string[] }[];
};
export type TidyResult = { nodes: Record<string, Point>; notes: Record<string, Point> };

type Placed = Map<string, Point>;
/** A card, or a group as one: how large it is, and where its parts stand in it. */
type Block = { id: string; width: number; height: number; cards: Placed; notes: Placed };

/** Farther from a card than this a note annotates nothing. */
const reach = 120;
const rowGap = 36;
const noteGap = 4;
/** Above this many cards the quick way of ranking is good enough. */
const manyCards = 300;

/**
 * Places the cards in columns from left to right. A group is laid out by itself and then placed as one. Notes stay
 * beside the card that they stood next to, and never on top of anything. The top left corner of the drawing stays.
 */
export function tidyLayout({ cards, edges, notes, groups }: TidyInput): TidyResult {
  if (cards.length === 0) return { nodes: {}, notes: {} };
  const corner = unionOf(cards);
  const boxes = new Map(cards.map((card) => [card.id, card]));
  const noteBoxes = new Map(notes.map((note) => [note.id, note]));
  const owner = new Map<string, Block>();
  const blocks: Block[] = groups
    .filter((group) => group.cards.length > 0)
    .map((group, index) => {
      const inside = group.cards.flatMap((id) => boxes.get(id) ?? []);
      const block = groupBlock(
        `group:${index}`,
        inside,
        edges,
        group.notes.flatMap((id) => noteBoxes.get(id) ?? []),
      );
      for (const id of group.cards) owner.set(id, block);
      return block;
    });
  for (const { id, width, height } of cards) {
    if (owner.has(id)) continue;
    const block = { id, width, height, cards: new Map([[id, { x: 0, y: 0 }]]), notes: new Map() };
    owner.set(id, block);
    blocks.push(block);
  }
  const between = edges.map(({ from, to }) => ({ from: owner.get(from)?.id ?? '', to: owner.get(to)?.id ?? '' }));
  const at = columns(blocks, between);
  const placed: Placed = new Map();
  const placedNotes: Placed = new Map();
  for (const block of blocks) {
    const { x, y } = at.get(block.id) ?? { x: 0, y: 0 };
    for (const [id, inner] of block.cards) placed.set(id, { x: x + inner.x, y: y + inner.y });
    for (const [id, inner] of block.notes) placedNotes.set(id, { x: x + inner.x, y: y + inner.y });
  }
  const first = unionOf([...placed].map(([id, point]) => ({ ...(boxes.get(id) as Box), ...point })));
  const shift = { x: corner.x - first.x, y: corner.y - first.y };
  const nodes = moved(placed, shift);
  const free = notes.filter(({ id }) => !placedNotes.has(id));
  const framed = moved(placedNotes, shift);
  const frames = blocks
    .filter(({ id }) => id.startsWith('group:'))
    .map((block) => {
      const { x, y } = at.get(block.id) ?? { x: 0, y: 0 };
      return { x: x + shift.x, y: y + shift.y, width: block.width, height: block.height };
    });
  const standing = [
    ...frames,
    ...cards.filter(({ id }) => owner.get(id)?.id === id).map((card) => ({ ...card, ...nodes[card.id] })),
  ];
  return { nodes, notes: { ...framed, ...besideCards(free, { cards, nodes, standing }) } };
}

/** A group by itself: its cards in columns, its notes beside them, all inside the frame. */
function groupBlock(
  id: string,
  cards: (Box & { id: string })[],
  edges: TidyInput['edges'],
  notes: (Box & { id: string })[],
): Block {
  const own = new Set(cards.map((card) => card.id));
  const within = edges.filter(({ from, to }) => own.has(from) && own.has(to));
  const placed = columns(cards, within);
  const nodes = Object.fromEntries(placed);
  const standing = cards.map((card) => ({ ...card, ...nodes[card.id] }));
  const beside = besideCards(notes, { cards, nodes, standing });
  const content = unionOf([...standing, ...notes.map((note) => ({ ...note, ...beside[note.id] }))]);
  const frame = frameAround(content);
  const shift = { x: -frame.x, y: -frame.y };
  const inside = (points: Record<string, Point>) =>
    new Map(Object.entries(moved(new Map(Object.entries(points)), shift)));
  return { id, width: frame.width, height: frame.height, cards: inside(nodes), notes: inside(beside) };
}

/** Top left corners in columns from left to right. */
function columns(blocks: { id: string; width: number; height: number }[], edges: TidyInput['edges']): Placed {
  const layout = new dagre.graphlib.Graph();
  const ranker = blocks.length > manyCards ? 'longest-path' : 'network-simplex';
  layout.setGraph({ rankdir: 'LR', ranksep: columnStep - cardWidth, nodesep: rowGap, ranker });
  layout.setDefaultEdgeLabel(() => ({}));
  // One height for all cards: so the tops of a row line up, and with them the handles.
  const height = Math.max(...blocks.filter(({ width }) => width === cardWidth).map((block) => block.height), 0);
  for (const block of blocks)
    layout.setNode(block.id, { width: block.width, height: block.width === cardWidth ? height : block.height });
  for (const { from, to } of edges)
    if (from !== to && layout.hasNode(from) && layout.hasNode(to)) layout.setEdge(from, to);
  dagre.layout(layout);
  return new Map(
    blocks.map(({ id }) => {
      const { x, y, width, height: tall } = layout.node(id) as Box;
      return [id, { x: x - width / 2, y: y - tall / 2 }];
    }),
  );
}

type Around = { cards: (Box & { id: string })[]; nodes: Record<string, Point>; standing: Box[] };

/** Notes keep their place beside the nearest card; where that is taken, the next free one below. */
function besideCards(notes: (Box & { id: string })[], { cards, nodes, standing }: Around): Record<string, Point> {
  const room = createRoom(standing, noteGap);
  const places: Record<string, Point> = {};
  for (const note of notes) {
    const anchor = nearest(note, cards);
    const to = anchor && nodes[anchor.id];
    const wanted = to ? { x: note.x + to.x - anchor.x, y: note.y + to.y - anchor.y } : { x: note.x, y: note.y };
    const at = room.freeAt({ ...note, x: snap(wanted.x), y: snap(wanted.y) });
    places[note.id] = at;
    room.take({ ...note, ...at });
  }
  return places;
}

function nearest(note: Box, cards: (Box & { id: string })[]): (Box & { id: string }) | null {
  let best: (Box & { id: string }) | null = null;
  let least = reach;
  for (const card of cards) {
    const dx = Math.max(card.x - note.x - note.width, note.x - card.x - card.width, 0);
    const dy = Math.max(card.y - note.y - note.height, note.y - card.y - card.height, 0);
    const away = Math.hypot(dx, dy);
    if (away >= least) continue;
    least = away;
    best = card;
  }
  return best;
}

function moved(points: Placed, by: Point): Record<string, Point> {
  return Object.fromEntries([...points].map(([id, { x, y }]) => [id, { x: snap(x + by.x), y: snap(y + by.y) }]));
}
